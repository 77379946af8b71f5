import { globSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, it } from 'vitest';

const MOST_FILES = 18;
const MOST_LINES = 200;

const files = globSync('{src,handlers,scripts,tests}/**', { withFileTypes: true }).flatMap((entry) =>
  entry.isFile() ? [`${entry.parentPath}/${entry.name}`] : [],
);

it(`no folder of sources has more than ${MOST_FILES} files of its own: its subjects are folders`, () => {
  const folders = Map.groupBy(files, dirname);
  const full = [...folders].filter(([, own]) => own.length > MOST_FILES);

  expect(folders.size).toBeGreaterThan(50);
  expect(full.map(([folder, own]) => `${folder}: ${own.length} files`)).toEqual([]);
});

it(`no TypeScript file has more than ${MOST_LINES} lines, which is a limit and no aim`, () => {
  const sources = files.filter((file) => file.endsWith('.ts'));
  const long = sources.filter((file) => readFileSync(file, 'utf8').split('\n').length - 1 > MOST_LINES);

  expect(sources.length).toBeGreaterThan(500);
  expect(long).toEqual([]);
});
