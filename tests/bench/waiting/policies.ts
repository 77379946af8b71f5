import type { JsonObject } from '../../../src/local/contracts.ts';
import type { ApiCall } from '../../../src/simulation/product/direct-clients.ts';
import type { BenchWorld } from '../world/world.ts';
import { callbackMachine, pollingMachine } from './policy-machine.ts';

/** A way to wait for a statement, as a machine and what its Tasks do. */
export interface Policy {
  readonly name: string;
  /** Where its constants come from. */
  readonly source: string;
  readonly machine: JsonObject;
  /** What a Task of the machine does, by the name that it invokes. */
  readonly tasks: Readonly<Record<string, PolicyTask>>;
}

export type PolicyTask = (world: BenchWorld, input: TaskInput) => Promise<object>;

interface TaskInput {
  readonly id?: string;
  readonly wait?: { readonly seconds: number; readonly loops: number };
}

const SUBMISSION = {
  ...{ ClusterIdentifier: 'redshiftcluster-abcd', Database: 'dev' },
  Sql: 'CALL bench.statement()',
};

async function submit(call: ApiCall, extra: object = {}): Promise<{ readonly id: string }> {
  const { Id } = (await call('ExecuteStatement', { ...SUBMISSION, ...extra })) as { readonly Id: string };
  return { id: Id };
}

async function isFinished(call: ApiCall, id: string): Promise<boolean> {
  const { Status } = (await call('DescribeStatement', { Id: id })) as { readonly Status: string };
  return Status === 'FINISHED';
}

/** Two Lambda functions: one submits, one asks. */
const BY_FUNCTIONS: Policy['tasks'] = {
  submit: (world) => world.invoke('submit', () => submit(world.callAs('submit'))),
  check: (world, { id = '' }) =>
    world.invoke('check', async () => ({ id, done: await isFinished(world.callAs('check'), id) })),
};

/** The machine calls the Data API itself. */
const BY_INTEGRATION: Policy['tasks'] = {
  submit: (world) => submit(world.callAs('machine')),
  check: async (world, { id = '' }) => ({ id, done: await isFinished(world.callAs('machine'), id) }),
};

const FIRST_WAIT = { seconds: 30, loops: 0 } as const;
const LONGEST_WAIT_SECONDS = 600;

/** The wait that follows a question, by clickstream's rule: from the fifth loop on it grows, ten seconds more each time. */
export function nextClickstreamWait({
  seconds,
  loops,
}: {
  readonly seconds: number;
  readonly loops: number;
}) {
  const longer = loops > 4 ? seconds + (loops - 4) * 10 : seconds;
  return { seconds: Math.min(longer, LONGEST_WAIT_SECONDS), loops: loops + 1 };
}

const CLICKSTREAM: Policy['tasks'] = {
  submit: (world) =>
    world.invoke('submit', async () => ({
      ...(await submit(world.callAs('submit'))),
      wait: nextClickstreamWait(FIRST_WAIT),
    })),
  check: (world, { id = '', wait = FIRST_WAIT }) =>
    world.invoke('check', async () => ({
      ...{ id, wait: nextClickstreamWait(wait) },
      done: await isFinished(world.callAs('check'), id),
    })),
};

const AIRFLOW_POLL_MS = 10_000;

/** A worker asks, and sleeps, in one process; it is no Lambda function, and its time is not in the table. */
const AIRFLOW: Policy['tasks'] = {
  async run(world) {
    const call = world.callAs('worker');
    const { id } = await submit(call);
    while (!(await isFinished(call, id))) await world.clock.sleep(AIRFLOW_POLL_MS);
    return { id, done: true };
  },
};

/** How long after the statement's end its event is delivered: an assumption, AWS publishes no figure. */
const EVENT_MS = 1_000;

const CALLBACK: Policy['tasks'] = {
  async run(world) {
    const { id } = await world.invoke('submit', () => submit(world.callAs('submit'), { WithEvent: true }));
    await world.eventOf(id);
    await world.clock.sleep(EVENT_MS);
    const call = world.callAs('callback', { SendTaskSuccess: () => ({}) });
    await world.invoke('callback', () => call('SendTaskSuccess', {}));
    return { id, done: true };
  },
};

const GROWING_WAIT = '{% $states.input.wait.seconds %}';

/** The policies of others, each with where its constants stand. */
export const POLICIES: readonly Policy[] = [
  {
    name: 'published sample, 30 s',
    source: 'the four states of the published sample: submit, Wait 30 s, a function that asks, Choice',
    machine: pollingMachine({ waitSeconds: 30 }),
    tasks: BY_FUNCTIONS,
  },
  {
    name: 'getting-started, SDK, 5 s',
    source:
      'aws-samples/getting-started-with-amazon-redshift-data-api, use-cases/etl-orchestration-with-step-functions: the machine calls the Data API itself',
    machine: pollingMachine({ waitSeconds: 5 }),
    tasks: BY_INTEGRATION,
  },
  {
    name: 'getting-started, Lambda, 10 s',
    source:
      'aws-samples/getting-started-with-amazon-redshift-data-api, use-cases/etl-orchestration-with-lambda-and-step-functions',
    machine: pollingMachine({ waitSeconds: 10 }),
    tasks: BY_FUNCTIONS,
  },
  {
    name: 'data-api-with-step-functions, 10 s',
    source:
      'aws-samples, data-api-with-step-functions: four states before the submission, then a function that asks every 10 s',
    machine: pollingMachine({ waitSeconds: 10, passes: 4 }),
    tasks: BY_FUNCTIONS,
  },
  {
    name: 'aws-ddk, 15 s',
    source:
      'awslabs/aws-ddk, the Redshift Data API stage: status_check_period of 15 s; the machine calls the Data API itself',
    machine: pollingMachine({ waitSeconds: 15 }),
    tasks: BY_INTEGRATION,
  },
  {
    name: 'clickstream, growing wait',
    source:
      'awslabs/clickstream-analytics-on-aws, src/common/workflow.ts: 30 s, growing from the fifth loop to 600 s',
    machine: pollingMachine({ waitSeconds: GROWING_WAIT }),
    tasks: CLICKSTREAM,
  },
  {
    name: 'Airflow, 10 s',
    source:
      'apache/airflow, providers/amazon, RedshiftDataOperator: poll_interval of 10 s; the worker is not in the bill',
    machine: callbackMachine(),
    tasks: AIRFLOW,
  },
  {
    name: 'completion event, 1 s',
    source:
      'cdk-stepfunctions-redshift: one Task that waits for a token, which the event of the Data API brings; 1 s for the event is assumed',
    machine: callbackMachine(),
    tasks: CALLBACK,
  },
];
