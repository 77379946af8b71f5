import { CancelStatementCommand } from '@aws-sdk/client-redshift-data';
import {
  blockedStatement,
  committing,
  hold,
  impatient,
  letGo,
  procedure,
  repairProcedure,
  runBlocked,
  withSteps,
} from './breakages.ts';
import { RIGHT } from './night.ts';
import type { RepairCase } from './repair-case.ts';

/** What ends a step's statement. */
export const STATEMENT_CASES: readonly RepairCase[] = [
  {
    error: 'StatementFailed',
    when: 'A procedure or a table is wrong',
    breakIt: (night) => night.asOwner(procedure("RAISE EXCEPTION 'boom';")),
    repair: repairProcedure,
  },
  {
    error: 'StatementFailed',
    when: 'A permission is missing',
    breakIt: (night) => night.asOwner('REVOKE INSERT ON dbo.fact_sales FROM runtime'),
    repair: (night) => night.asOwner('GRANT INSERT ON dbo.fact_sales TO runtime'),
  },
  {
    error: 'StatementFailed',
    when: 'The step is wrong: the name of its procedure or query, or its arguments',
    breakIt: (night) => night.deploy(RIGHT.replaceAll('dbo.sp_load_fact_sales', 'dbo.sp_load_sales')),
  },
  {
    error: 'StatementFailed',
    when: 'A limit of the warehouse was exceeded, or the cause was temporary',
    breakIt: (night) => night.asOwner('ALTER TABLE dbo.dim_cust_key RENAME TO dim_cust_key_away'),
    repair: (night) => night.asOwner('ALTER TABLE dbo.dim_cust_key_away RENAME TO dim_cust_key'),
  },
  {
    error: 'StatementFailed',
    when: 'The staged data are wrong',
    breakIt: (night) => night.inSource("INSERT INTO dms_sample.customer VALUES ('100', 'another', 'rome')"),
    repair: (night) => night.inSource("DELETE FROM dms_sample.customer WHERE cust_name = 'another'"),
  },
  {
    error: 'StatementAborted',
    when: 'In any case',
    breakIt: hold,
    run: runBlocked(async (night) => {
      const { name } = await night.lastRun();
      await night.sample.dataApi.send(
        new CancelStatementCommand({ Id: await blockedStatement(night, name) }),
      );
    }),
    repair: letGo,
  },
  {
    error: 'StatementTimedOut',
    when: 'It needs more time',
    breakIt: (night) => night.deploy(impatient).then(() => hold(night)),
    repair: letGo,
  },
  {
    error: 'StatementTimedOut',
    when: 'Its procedure is too slow',
    breakIt: async (night) => {
      await night.deploy(withSteps((name) => (name === 'Load_Sales_Fact' ? { timeoutSeconds: 3 } : {})));
      await night.asOwner(procedure('PERFORM pg_sleep(60);'));
    },
    repair: repairProcedure,
  },
  {
    error: 'StatementTimedOut',
    when: 'It waited for a lock, or for a busy warehouse',
    breakIt: (night) => night.deploy(impatient).then(() => hold(night)),
    repair: letGo,
  },
  {
    error: 'StatementLost',
    when: 'The step has a fence, as every step that calls procedures without `commits`',
    breakIt: async ({ calls }) => calls.forgetStep('Load_Sales_Fact'),
    repair: async ({ calls }) => calls.allow(),
  },
  {
    error: 'StatementLost',
    when: 'The step commits by itself (`commits: true`)',
    breakIt: (night) => {
      night.calls.forgetStep('Load_Sales_Fact');
      return night.deploy(committing);
    },
    repair: async ({ calls }) => calls.allow(),
    runsAgain: 'Load_Sales_Fact',
  },
];
