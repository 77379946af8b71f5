import { readFileSync } from 'node:fs';
import { ListStatementsCommand } from '@aws-sdk/client-redshift-data';
import { noteConsumed } from '../../../src/definition/consumption.ts';
import { localDefinition } from '../../../src/local-stage/local-machine.ts';
import { customerSales } from '../../../src/pipelines/customer-sales.ts';
import { parseStep, type Step } from '../../../src/steps/step.ts';
import { type HeldTransaction, holdTransaction } from '../../fixtures/held-transaction.ts';
import { type Night, RIGHT } from './night.ts';

export const CUSTOMERS = "('100', 'abc', 'chicago'), ('101', 'xyz', 'dallas'), ('102', 'yrt', 'new york')";
export const SALES =
  "('100', '100', 200), ('101', '100', 300), ('102', '101', 25), ('103', '101', 35), ('104', '102', 80), ('105', '102', 45)";

export const procedure = (body: string) =>
  `CREATE OR REPLACE PROCEDURE dbo.sp_load_fact_sales() AS $$ BEGIN ${body} END; $$ LANGUAGE plpgsql`;
export const insertFacts = (condition: string) => `DELETE FROM dbo.fact_sales;
  INSERT INTO dbo.fact_sales (order_number, cust_key, order_amt)
  SELECT s.order_number, d.cust_key, s.order_amt FROM dbo.fact_sales_stg s
  JOIN dbo.dim_cust d ON d.cust_id = s.cust_id WHERE ${condition};`;
export const RIGHT_PROCEDURE = procedure(insertFacts('1 = 1'));
export const repairProcedure = (night: Night) => night.asOwner(RIGHT_PROCEDURE);

const CHECK = 'WHERE facts.amount <> staged.amount';
export const WRONG_CHECK = RIGHT.replace(CHECK, 'WHERE facts.amount = staged.amount');
/** Finds what stands beside the load. */
export const STRANGE_KEYS = RIGHT.replace(
  /SELECT facts\.amount.*?<> staged\.amount/,
  "SELECT cust_id FROM dbo.dim_cust_key WHERE cust_id = 'strange'",
);

/** The same pipeline, with a check step behind the steps in the place of their audits. */
export const CHECKED_BEHIND = JSON.stringify(
  localDefinition({
    ...customerSales,
    steps: [
      ...customerSales.steps.map((step) => (step.kind === 'call' ? { ...step, audits: [] } : step)),
      parseStep('Check_Sales_Fact', {
        check: 'fact_sales_count_differs',
        after: ['Load_Sales_Fact'],
      }) as Step,
    ],
  }),
);

export const withSteps = (change: (name: string) => object) =>
  JSON.stringify(
    localDefinition({
      ...customerSales,
      steps: noteConsumed(customerSales.steps.map((step) => ({ ...step, ...change(step.name) }))),
    }),
  );
export const impatient = withSteps((name) => (name === 'Load_Customer_Dim' ? { timeoutSeconds: 3 } : {}));
export const committing = withSteps((name) => (name === 'Load_Sales_Fact' ? { commits: true } : {}));
export const withoutSales = JSON.stringify(
  localDefinition({
    ...customerSales,
    stagedTables: customerSales.stagedTables.map((staged) => ({ ...staged, minRows: 0 })),
  }),
);

const CUSTOMER_FILE = new URL('../../../sql/migrations/R__procedure_load_cust_dim.sql', import.meta.url);
export const RIGHT_CUSTOMERS = readFileSync(CUSTOMER_FILE, 'utf8').replace(/^\/\*.*?\*\//s, '');
/** Empties what it has used. */
export const EMPTYING_CUSTOMERS = RIGHT_CUSTOMERS.replace(
  /END;\s*\$\$/,
  'DELETE FROM dbo.customer_stg; END; $$$$',
);
export const consuming = withSteps((name) =>
  name === 'Load_Customer_Dim' ? { consumes: ['dbo.customer_stg'] } : {},
);

/** What holds the dimension, so that its step waits. */
let held: HeldTransaction | undefined;

/** Resolves when the step waits for what is held. */
export const untilBlocked = async () => held?.untilWaitedFor();

export const hold = async ({ sample }: Night) => {
  held = await holdTransaction(sample.stack.warehouse, 'LOCK TABLE dbo.dim_cust IN ACCESS EXCLUSIVE MODE');
};
/** Lets the step go on; does nothing where nothing is held. */
export const letGo = async () => {
  await held?.commit();
  held = undefined;
};
export const runBlocked = (meanwhile: (night: Night) => Promise<unknown>) => async (night: Night) => {
  const load = night.sample.load('reload-target');
  await untilBlocked();
  await meanwhile(night);
  await load;
};
export const blockedStatement = async ({ sample }: Night, executionName: string) => {
  const { Statements = [] } = await sample.dataApi.send(
    new ListStatementsCommand({ StatementName: `${executionName}/Load_Customer_Dim/`, Status: 'ALL' }),
  );
  return Statements[0]?.Id;
};
