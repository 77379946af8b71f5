import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { LAMBDA_RETRY } from '../../src/compile/machine/retry.ts';
import { ERROR_TABLE, errorEntry } from '../../src/errors/error-table.ts';
import * as errors from '../../src/errors/errors.ts';

const classes = Object.values(errors);
const entries = Object.entries(ERROR_TABLE);
const advices = [...entries, ['any other', errorEntry('')] as const].flatMap(([name, { advice }]) =>
  advice.map((one) => ({ name, ...one })),
);

describe('errors', () => {
  it('stand in the table, each once, and nothing else does', () => {
    expect(Object.keys(ERROR_TABLE).toSorted()).toEqual(Object.keys(errors).toSorted());
  });

  it('carry the name they are exported under, literally', () => {
    expect(classes.map((ErrorClass) => new ErrorClass('x').name)).toEqual(Object.keys(errors));
  });

  it('are retried by the state machine where the table says so, and only there', () => {
    const own = LAMBDA_RETRY.flatMap(({ ErrorEquals }) => ErrorEquals).filter(
      (name) => !/^(Lambda|Runtime|States|Sandbox)\./.test(name),
    );
    const retried = entries.filter(([, { isRetriedByMachine }]) => isRetriedByMachine);

    expect(own.toSorted()).toEqual(retried.map(([name]) => name).toSorted());
    for (const [name, entry] of entries)
      expect(`${name}: ${entry.retried}`).toMatch(entry.isRetriedByMachine ? /: yes/ : /: no$/);
  });

  it('keep a message within 8 KB, whole characters only', () => {
    const { message } = new errors.StatementFailed('ä'.repeat(10_000));

    expect(Buffer.byteLength(message)).toBeLessThanOrEqual(8_192);
    expect(message).toMatch(/^ä+…$/);
  });
});

describe('advice', () => {
  it('is there for every error, a whole sentence each', () => {
    for (const [, { advice, meaning }] of entries) {
      expect(advice).not.toEqual([]);
      expect(meaning).toMatch(/^[A-Z].*[^.]$/);
    }
    for (const { when, repair } of advices) {
      expect(when).toMatch(/^[A-Z].*[^.]$/);
      expect(repair).toMatch(/^[A-Z].*\.$/);
    }
  });

  // A redrive keeps the definition that the run began with, and a run that is there is not started again.
  it('never redrives what lies in the definition, but continues it or loads again', () => {
    for (const { name, verbs } of advices.filter(({ name }) => ERROR_TABLE[name]?.endsRuns !== false))
      if (verbs.includes('deploy')) expect(`${name}: ${verbs}`).toMatch(/: deploy,(continue|reload)$/);
  });

  it('leads on in one way each', () => {
    const waysOn = ['redrive', 'continue', 'rerun', 'reload', 'resume'] as const;
    for (const { name, when, verbs } of advices)
      expect(`${name}, ${when}: ${waysOn.filter((verb) => verbs.includes(verb)).length <= 1}`).toMatch(
        /true$/,
      );
  });

  it('stands in no other place: README links to the page that is made of the table', async () => {
    const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');

    expect(readme).toContain('[docs/errors.md](docs/errors.md)');
    for (const name of Object.keys(ERROR_TABLE))
      expect(readme).not.toMatch(new RegExp(`^\\| \`${name}\``, 'm'));
  });
});
