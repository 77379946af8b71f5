import { ListStateMachinesCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { questions } from '../../../src/verify-aws/questions.ts';
import { scratchName, scratchSchema } from '../../../src/verify-aws/scratch-name.ts';
import { type Sample, startSample } from '../sample-stack.ts';
import { useCommands } from '../screen/run-command.ts';

let sample: Sample;
const { run } = useCommands();
const verifyFlags = (...flags: string[]) => ['--endpoint-url', sample.stack.url, ...flags];
const verify = (...flags: string[]) => run('verify-aws', ...verifyFlags(...flags)).ended;

beforeAll(async () => {
  sample = await startSample();
});
afterAll(() => sample.close());

/** All that a run of the command could have left. */
async function everything(): Promise<readonly string[]> {
  const names = await sample.warehouse.query(
    'names',
    'SELECT CAST(nspname AS varchar) FROM pg_namespace UNION ALL SELECT CAST(relname AS varchar) FROM pg_class UNION ALL SELECT CAST(proname AS varchar) FROM pg_proc',
  );
  const { stateMachines = [] } = await sample.sfn.send(new ListStateMachinesCommand({}));
  return [
    // A session has its own schema for what is temporary.
    ...names.flat().filter((name) => !/^pg_(?:toast_)?temp_/.test(name)),
    ...stateMachines.map(({ name = '' }) => name),
  ].toSorted();
}

const schemas = async () => {
  const rows = await sample.warehouse.query('schemas', 'SELECT CAST(nspname AS varchar) FROM pg_namespace');
  return rows.flat();
};

describe('npm run verify-aws on the local AWS', () => {
  it('asks every question, says of each that this is not AWS, and leaves all as it was', async () => {
    const before = await everything();

    const { code, lines, errors } = await verify('--yes');

    const rows = lines.slice(2).map((line) => line.split(' | '));
    expect(code).toBe(2);
    expect(lines.slice(0, 2)).toEqual([
      '| question | answer | evidence | asked |',
      '| --- | --- | --- | --- |',
    ]);
    expect(rows).toHaveLength(questions.length);
    expect(new Set(rows.map(([, answer]) => answer))).toEqual(new Set(['not AWS']));
    expect(rows.filter(([, , evidence]) => evidence?.startsWith('answered otherwise'))).toEqual([]);
    expect(errors).toContain('! this was not AWS: nothing is settled');
    expect(errors).not.toMatch(/\byes: |could not be removed/);
    expect(await everything()).toEqual(before);
  });

  it('prints the same as JSON, of the questions that were asked for', async () => {
    const { code, lines } = await verify('--only', 'batch-error-told,session-of-batch', '--format', 'json');

    const { rows, left } = JSON.parse(lines.join('\n'));
    expect({ code, left }).toEqual({ code: 2, left: [] });
    expect(rows).toMatchObject([
      {
        id: 'session-of-batch',
        verdict: 'not AWS',
        asked: expect.stringMatching(/^\d{4}-\d\d-\d\d, us-east-1$/),
      },
      { id: 'batch-error-told', verdict: 'not AWS' },
    ]);
  });

  it('creates nothing where nobody has agreed to it', async () => {
    const before = await everything();

    const { code, lines, errors } = await verify();

    expect({ code, lines }).toEqual({ code: 2, lines: [] });
    expect(errors).toMatch(/– a schema with tables and procedures: elt_verify_\d+t\d+_[0-9a-f]{6}\n/);
    expect(errors).toMatch(/InvalidConfig: nobody can be asked here: pass --yes/);
    expect(await everything()).toEqual(before);
  });

  it('removes what was created when it is stopped', async () => {
    const before = await everything();
    const { child, prints, ended } = run(
      'verify-aws',
      ...verifyFlags('--yes', '--only', 'lock-waits,hold-kept'),
    );
    await prints('… lock-waits');
    await expect
      .poll(async () => (await schemas()).some((name) => name.startsWith('elt_verify_')))
      .toBe(true);

    child.kill('SIGINT');
    const { code, errors, lines } = await ended;

    expect(code).toBe(130);
    expect(errors).toContain('… stopped by Ctrl-C: removing what was created');
    expect(lines.filter((line) => line.includes('the command was stopped'))).toHaveLength(2);
    expect(await everything()).toEqual(before);
  });

  it('removes what an earlier run has left, and nothing that may be under way', async () => {
    const before = await schemas();
    const old = 'elt_verify_20200229t2359_abcdef';
    const young = scratchSchema(scratchName(Date.now(), '123456'));
    const other = 'elt_verify_of_mine';
    for (const schema of [old, young, other])
      await sample.warehouse.transaction('schema', [
        `CREATE SCHEMA ${schema}`,
        `CREATE TABLE ${schema}.kept (n integer)`,
      ]);

    const { errors } = await verify('--yes', '--only', 'failed-batch-rolled-back');

    const after = await schemas();
    for (const schema of [young, other])
      await sample.warehouse.transaction('drop', [`DROP SCHEMA ${schema} CASCADE`]);
    expect(errors).toContain(`removed, because earlier runs have left it:\n  – schema ${old}\n`);
    expect(after.filter((name) => !before.includes(name)).toSorted()).toEqual([young, other].toSorted());
  });
});

describe('npm run verify-aws asks nobody', () => {
  it('when it lists its questions', async () => {
    const { code, lines, errors } = await run('verify-aws', '--list', '--stage', 'nowhere').ended;

    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(lines.filter((line) => line.startsWith('  creates: '))).toHaveLength(questions.length);
  });

  it('for a question that there is not, or a stage', async () => {
    const unknown = await run('verify-aws', '--only', 'batch-error-told,price').ended;
    const nowhere = await run('verify-aws', '--stage', 'nowhere').ended;

    expect([unknown.code, nowhere.code]).toEqual([2, 2]);
    expect(unknown.errors).toMatch(/InvalidConfig: --only: there is no question price: --list prints them/);
    expect(nowhere.errors).toMatch(/serverless\.yml has no parameters of a stage nowhere/);
  });
});
