import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** Commands that other folders send for the check, which docs/check.md lists, too. */
const SHARED = [
  'ExecuteStatement',
  'DescribeStatement',
  'GetStatementResult',
  'ListStateMachines',
  'ListTagsForResource',
];

it('docs/check.md lists the actions for all that the check sends, and no others', () => {
  const page = readFileSync('docs/check.md', 'utf8');
  const [, section = ''] = page.split('## Permissions of the caller');
  const rows = section.split('\n').filter((line) => /^\| [A-Z]/.test(line));
  const listed = rows.flatMap((row) =>
    [...row.matchAll(/`(?:[a-z-]+:)?([A-Z]\w+)`/g)].map(([, action = '']) => action),
  );

  const sources = globSync('src/preflight/**/*.ts').map((file) => readFileSync(file, 'utf8'));
  const sent = sources.flatMap((text) =>
    [...text.matchAll(/new (\w+)Command\(/g)].map(([, command = '']) => command),
  );

  expect(sent.length).toBeGreaterThan(10);
  expect(sent.filter((command) => !/^(?:Describe|List|Get|Filter)/.test(command))).toEqual([]);
  expect([...new Set(listed)].toSorted()).toEqual([...new Set([...sent, ...SHARED])].toSorted());
});
