import {
  StartReplicationTaskCommand,
  type StartReplicationTaskTypeValue,
} from '@aws-sdk/client-database-migration-service';
import { ListStatementsCommand } from '@aws-sdk/client-redshift-data';
import {
  DescribeExecutionCommand,
  RedriveExecutionCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { expect } from 'vitest';
import { localDefinition } from '../../../src/local-stage/local-machine.ts';
import { localMachineArn } from '../../../src/local-stage/local-stage.ts';
import { customerSales } from '../../../src/pipelines/customer-sales.ts';
import { type Sample, startSample } from '../sample-stack.ts';
import { calledStack, type FunctionCalls } from './function-calls.ts';

export const PIPELINE = customerSales.name;
/** The machine's definition as it should be. */
export const RIGHT = JSON.stringify(localDefinition(customerSales));

/** The sample, in which things go wrong and are repaired by the commands that notifications name. */
export interface Night {
  readonly sample: Sample;
  readonly calls: FunctionCalls;
  /** Runs SQL as the owner of the warehouse, or in the source. */
  asOwner(...sqls: string[]): Promise<void>;
  inSource(...sqls: string[]): Promise<void>;
  deploy(definition: string): Promise<void>;
  lastRun(): Promise<{ readonly arn: string; readonly name: string; status: string; error: string }>;
  /** What people were told of a run, the last time. */
  notificationOf(arn: string): string;
  /** Carries out a command as it stands in a notification, and waits for all that follows. */
  carryOut(command: string, deployed: string): Promise<void>;
  /** Waits for everything that goes on. */
  settle(): Promise<void>;
  /** How often each step's statement has FINISHED for a load, over all executions that are about it. */
  finished(loadId: string): Promise<Readonly<Record<string, number>>>;
  /** Facts with the names of their customers, in production and as the source has them. */
  production(): Promise<{ readonly facts: unknown; readonly source: unknown }>;
}

const FACTS = `SELECT fact.order_number, customer.cust_id, fact.order_amt::varchar FROM dbo.fact_sales AS fact
  JOIN dbo.dim_cust AS customer ON customer.cust_key = fact.cust_key ORDER BY 1`;
const SALES = 'SELECT order_number, cust_id, order_amt::varchar FROM dms_sample.sales ORDER BY 1';

export async function startNight(): Promise<Night> {
  const { calls, options } = calledStack();
  const sample = await startSample(options);
  const { sfn, dms, stack, warehouse, source } = sample;

  const settle = async () => {
    await stack.idle();
    for (const { arn } of (await sample.executions()).filter(({ status }) => status === 'RUNNING'))
      await stack.stepFunctions.waitForEnd(arn);
    await stack.idle();
  };
  const deploy = async (definition: string) => {
    const stateMachineArn = localMachineArn(PIPELINE);
    await sfn.send(new UpdateStateMachineCommand({ stateMachineArn, definition }));
  };
  const carryOut = async (command: string, deployed: string) => {
    const [, input = '', call = command] = /^echo '([^']*)' \| (.*)$/.exec(command) ?? [];
    const words = [...call.matchAll(/'([^']*)'|\S+/g)].map(([word, quoted]) => quoted ?? word);
    const option = (name: string) => words[words.indexOf(name) + 1];
    switch (words.slice(0, 3).join(' ')) {
      case 'aws stepfunctions redrive-execution':
        await sfn.send(new RedriveExecutionCommand({ executionArn: option('--execution-arn') }));
        break;
      case 'aws lambda invoke':
        expect(option('--payload')).toBe('fileb:///dev/stdin');
        await expect(
          sample.invoke(option('--function-name') ?? '', JSON.parse(input)),
        ).resolves.toMatchObject({ outcome: 'started' });
        break;
      case 'aws dms start-replication-task': {
        const type = option('--start-replication-task-type') as StartReplicationTaskTypeValue;
        const task = { ReplicationTaskArn: option('--replication-task-arn'), StartReplicationTaskType: type };
        await dms.send(new StartReplicationTaskCommand(task));
        break;
      }
      case 'npm run -s':
        expect(option('--state-machine-arn')).toBe(localMachineArn(PIPELINE));
        await deploy(deployed);
        break;
      default:
        // What has changed in sql/migrations, the repair has put into the warehouse.
        expect(command).toBe('npm run migrate -- --endpoint-url "$AWS_ENDPOINT_URL"');
    }
    await settle();
  };

  return {
    ...{ sample, calls, settle, deploy, carryOut },
    asOwner: (...sqls) => warehouse.transaction('change', sqls),
    inSource: (...sqls) => source.transaction('change', sqls),
    lastRun: async () => {
      const [run] = await sample.executions();
      const { error = '' } = await sfn.send(new DescribeExecutionCommand({ executionArn: run?.arn }));
      return { arn: '', name: '', status: '', ...run, error };
    },
    notificationOf: (arn) => sample.notifications.findLast((text) => text.includes(`${arn}\n`)) ?? '',
    finished: (loadId) => countFinished(sample, loadId),
    production: async () => ({
      facts: await warehouse.query('facts', FACTS),
      source: await source.query('sales', SALES),
    }),
  };
}

async function countFinished({ dataApi }: Sample, loadId: string): Promise<Record<string, number>> {
  const { Statements = [] } = await dataApi.send(
    new ListStatementsCommand({ StatementName: loadId, Status: 'ALL', MaxResults: 100 }),
  );
  const counts: Record<string, number> = {};
  for (const { StatementName = '', Status } of Statements) {
    const [execution = '', step = ''] = StatementName.split('/');
    if (execution.replace(/-c\d+$/, '') !== loadId) continue;
    counts[step] = (counts[step] ?? 0) + (Status === 'FINISHED' ? 1 : 0);
  }
  return counts;
}
