import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { LAMBDA_RETRY } from '../../src/compile/retry.ts';
import * as errors from '../../src/errors/errors.ts';

const classes = Object.values(errors);
const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
const rows = [...readme.matchAll(/^\| `(\w+)` +\| .+? +\| (.+?) +\| .+ \|$/gm)].map(
  ([, name = '', retried = '']) => ({ name, retried }),
);

describe('errors', () => {
  it('stand in README.md’s table, each once, and nothing else does', () => {
    const inTable = rows.map(({ name }) => name).filter((name) => name !== 'error');

    expect(inTable.toSorted()).toEqual(Object.keys(errors).toSorted());
  });

  it('carry the name they are exported under, literally', () => {
    expect(classes.map((ErrorClass) => new ErrorClass('x').name)).toEqual(Object.keys(errors));
  });

  it('are retried by the state machine where the table says so, and only there', () => {
    const own = LAMBDA_RETRY.flatMap(({ ErrorEquals }) => ErrorEquals).filter(
      (name) => !/^(Lambda|Runtime|States|Sandbox)\./.test(name),
    );
    const retriedByMachine = rows.filter(({ retried }) => retried.startsWith('yes')).map(({ name }) => name);

    expect(own).toEqual(retriedByMachine);
  });

  it('keep a message within 8 KB, whole characters only', () => {
    const { message } = new errors.StatementFailed('ä'.repeat(10_000));

    expect(Buffer.byteLength(message)).toBeLessThanOrEqual(8_192);
    expect(message).toMatch(/^ä+…$/);
  });
});
