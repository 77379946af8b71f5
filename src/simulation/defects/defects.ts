import { clientToken } from '../../data-api/identity.ts';
import type { RunInput } from '../../runs/run-input.ts';
import type { Defect } from '../product/variation.ts';
import { RUN_DEFECTS } from './run-defects.ts';

/** Mistakes in which load is found, and under which name its run is started. */
const START_DEFECTS: readonly Defect[] = [
  {
    name: 'name from the event id',
    variation: {
      rewriteInput: (name, input) => (name === 'StartExecution' ? withEventName(input) : input),
    },
  },
  {
    name: 'continued under a load id of its own',
    variation: {
      rewriteInput: (name, input) => (name === 'StartExecution' ? withOwnLoadId(input) : input),
    },
  },
  {
    name: 'identity by full-load start',
    variation: {
      rewriteAnswer: (name, answer) =>
        name === 'DescribeReplicationTasks' ? withFullLoadStart(answer) : answer,
    },
  },
  {
    name: 'sweep without look-back',
    variation: { settings: { sweepFrom: new Date(0), lookBackHours: Number.MAX_SAFE_INTEGER } },
  },
];

/** Mistakes in how people are told. */
const TELLING_DEFECTS: readonly Defect[] = [
  {
    name: 'deadline told under a name of its own each time',
    variation: {
      rewriteInput: (name, input, { random }) =>
        name === 'StartExecution' && isTelling(input) ? { ...input, name: `told-${random()}` } : input,
    },
  },
];

function isTelling(input: object): boolean {
  return (input as { stateMachineArn?: string }).stateMachineArn?.endsWith('-deadlines') === true;
}

function withEventName(input: object): object {
  const { input: text = '{}' } = input as { input?: string };
  const { reason } = (JSON.parse(text) as RunInput).trigger;
  const eventId = /^event (.+)$/.exec(reason)?.[1];
  return eventId === undefined ? input : { ...input, name: eventId };
}

function withOwnLoadId(input: object): object {
  const { input: text = '{}', name: id = '' } = input as { input?: string; name?: string };
  const run = JSON.parse(text) as RunInput;
  return { ...input, input: JSON.stringify({ ...run, load: { ...run.load, id } }) };
}

function withFullLoadStart(answer: object): object {
  const { ReplicationTasks: tasks = [] } = answer as {
    ReplicationTasks?: readonly { ReplicationTaskStats?: { FullLoadStartDate?: number } }[];
  };
  return {
    ReplicationTasks: tasks.map((task) => {
      const { ReplicationTaskStats: stats } = task;
      const date = stats?.FullLoadStartDate;
      if (date === undefined) return task;
      return { ...task, ReplicationTaskStats: { ...stats, FreshStartDate: date, StartDate: date } };
    }),
  };
}

/** Mistakes in how statements are submitted, found again and understood. */
const STATEMENT_DEFECTS: readonly Defect[] = [
  {
    name: 'random ClientToken',
    variation: {
      rewriteInput: (_, input, { random }) =>
        'ClientToken' in input ? { ...input, ClientToken: `token-${random()}` } : input,
    },
  },
  {
    name: 'redrive count in the token',
    variation: {
      rewriteInput: (_, input, { event }) =>
        'ClientToken' in input ? { ...input, ClientToken: withRedriveCount(input, event) } : input,
    },
  },
  { name: 'no fence', variation: { transaction: { isFenced: false } } },
  { name: 'no staging count', variation: { transaction: { countsStaging: false } } },
  { name: 'audits in a transaction of their own', variation: { transaction: { auditsFirst: false } } },
  { name: 'a group published step by step', variation: { transaction: { isTogether: false } } },
  {
    name: 'no adoption at redrive',
    variation: {
      rewriteAnswer: (name, answer, input) =>
        name === 'ListStatements' && 'StatementName' in input ? { Statements: [] } : answer,
    },
  },
  {
    name: 'ABORTED taken as running',
    variation: {
      rewriteAnswer: async (name, answer, input, clock) => {
        if (name !== 'DescribeStatement' || !('Status' in answer) || answer.Status !== 'ABORTED')
          return answer;
        const { WaitTimeSeconds = 1 } = input as { WaitTimeSeconds?: number };
        // As long as a statement is waited for that runs.
        await clock.sleep(WaitTimeSeconds * 1000);
        return { ...answer, Status: 'STARTED' };
      },
    },
  },
];

/** Every mistake that the simulation must notice. */
export const DEFECTS: readonly Defect[] = [
  ...STATEMENT_DEFECTS,
  ...RUN_DEFECTS,
  ...START_DEFECTS,
  ...TELLING_DEFECTS,
];

function withRedriveCount(input: object, event: unknown): string {
  const { ClientToken = '' } = input as { ClientToken?: string };
  const { execution } = event as { execution: { redriveCount: number } };
  return clientToken({
    ...{ executionArn: ClientToken, executionName: '', step: '' },
    attempt: execution.redriveCount,
  });
}
