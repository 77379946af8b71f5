import type { RunInput } from '../../runs/run-input.ts';
import type { Defect } from './defect.ts';

/** Mistakes in which load is found, and under which name its run is started. */
export const START_DEFECTS: readonly Defect[] = [
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
