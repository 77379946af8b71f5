import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { pipelines } from '../../../src/pipelines/index.ts';
import { INSERT, ORDERS, OWN, useMigrate } from './run-migrate.ts';

const migrate = useMigrate();
const { run } = migrate;

describe('npm run migrate', () => {
  it('shows a line for each file with its time, and then that nothing is due', async () => {
    const first = await run().ended;
    const second = await run().ended;

    expect(first).toMatchObject({ code: 0, errors: '' });
    expect(first.output).toMatch(
      /^stage local: database dev of cluster redshiftcluster-abcd at .*, as user owner$/m,
    );
    for (const script of [ORDERS, ...OWN])
      expect(first.output).toMatch(new RegExp(`^✓ ${script}: applied \\(\\d+\\.\\d s\\)$`, 'm'));
    expect(first.output).toMatch(new RegExp(`^✓ ${1 + OWN.length} applied, nothing is due$`, 'm'));
    expect(second).toMatchObject({ code: 0, output: expect.stringMatching(/^✓ nothing is due$/m) });
  });

  it('shows with --dry-run what is due, and leaves an empty warehouse empty', async () => {
    const { code, output } = await run('--dry-run').ended;

    expect(code).toBe(0);
    for (const script of [ORDERS, ...OWN]) expect(output).toContain(`would be applied: ${script}\n`);
    expect(
      await migrate.world.query("SELECT nspname FROM pg_namespace WHERE nspname IN ('elt', 'mart')"),
    ).toEqual([]);
  });

  it('ends with 1 and one line that says which statement of which file failed, and why', async () => {
    await migrate.world.write({ [INSERT]: "SELECT 1;\nINSERT INTO mart.orders VALUES ('one');" });

    const { code, errors } = await run().ended;

    expect(code).toBe(1);
    expect(errors).toMatch(
      /^MigrationFailed: V002__insert_order.sql: statement 2 of 2, line 2, "INSERT INTO mart.orders VALUES \('one'\)": ERROR: /,
    );
    expect(await migrate.world.history()).toEqual([ORDERS]);
  });

  it('refuses while a run of a pipeline is alive, before anything is applied', async () => {
    const States = { Wait: { Type: 'Wait', Seconds: 600, End: true } };
    const { stateMachineArn } = await migrate.world.sfn.send(
      new CreateStateMachineCommand({
        name: `${pipelines[0]?.name}-local`,
        roleArn: 'arn:aws:iam::000000000000:role/machine',
        definition: JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'Wait', States }),
      }),
    );
    await migrate.world.sfn.send(new StartExecutionCommand({ stateMachineArn, name: 'tonight' }));

    const { code, errors } = await run().ended;
    await migrate.world.sfn.send(new DeleteStateMachineCommand({ stateMachineArn }));

    expect(code).toBe(1);
    expect(errors).toContain(
      `a run is alive: tonight of ${pipelines[0]?.name}; wait until it has ended, or pass --wait`,
    );
    expect(
      await migrate.world.query("SELECT nspname FROM pg_namespace WHERE nspname IN ('elt', 'mart')"),
    ).toEqual([]);
  });
});
