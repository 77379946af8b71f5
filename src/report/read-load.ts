import * as z from 'zod';
import { type Target, TargetSchema } from '../data-api/target.ts';
import type { Pipeline } from '../definition/pipeline.ts';
import type { HistoryEvent } from '../run-history/history-event.ts';
import { readObject } from '../run-history/read-failure.ts';
import type { Run } from '../run-history/run.ts';
import type { ReportedLoad } from './report.ts';

/** What the history says of the load. */
export interface LoadFacts {
  readonly load: ReportedLoad;
  /** Why the run was started. */
  readonly reason?: string;
  /** The warehouse that the run worked in. */
  readonly target?: Target;
  /** What it does not say, a sentence each. */
  readonly unknown: readonly string[];
}

/** The input of an execution, as far as a report shows it. */
const InputSchema = z.object({
  load: z.object({
    id: z.string(),
    startedAt: z.iso.datetime(),
    tasks: z.array(z.object({ identifier: z.string(), arn: z.string(), startedAt: z.iso.datetime() })),
  }),
  trigger: z.object({ reason: z.string() }).optional(),
  target: TargetSchema.optional(),
});

/** Reads the load of a run: from the execution's input, and from what its verification answered. */
export function readLoad(pipeline: Pipeline, events: readonly HistoryEvent[], run: Run): LoadFacts {
  const started = events.find(({ type }) => type === 'ExecutionStarted');
  const input = InputSchema.safeParse(readObject(started?.executionStartedEventDetails?.input));
  const tables = pipeline.stagedTables.map(({ table, source, task }) => {
    const rows = run.stagedRows[table];
    return { table, source, task, ...(rows === undefined || Number.isNaN(rows) ? {} : { rows }) };
  });
  const unknown = unknownSteps(pipeline, events);
  if (!input.success) {
    const missing = 'The history does not say which load the run is about: its data is left out.';
    return { load: { id: '', tasks: [], tables }, unknown: [missing, ...unknown] };
  }
  const { load, trigger, target } = input.data;
  const stoppedAt = findStop(events);
  const tasks = load.tasks.map((task) => ({ ...task, startedAt: Date.parse(task.startedAt) }));
  return {
    load: {
      ...{ id: load.id, startedAt: Date.parse(load.startedAt), tasks, tables },
      ...(stoppedAt === undefined ? {} : { stoppedAt }),
    },
    ...(target === undefined ? {} : { target }),
    ...(trigger === undefined ? {} : { reason: trigger.reason }),
    unknown,
  };
}

const AnswerSchema = z.object({ Payload: z.object({ loadEndedAt: z.iso.datetime() }) });

/** When the last task of the load stopped: the verification answers it. */
function findStop(events: readonly HistoryEvent[]): number | undefined {
  for (const { taskSucceededEventDetails } of events) {
    const answer = AnswerSchema.safeParse(readObject(taskSucceededEventDetails?.output));
    if (answer.success) return Date.parse(answer.data.Payload.loadEndedAt);
  }
  return undefined;
}

const CHECK_STATE = /^Check_Status_(.+)$/;

/** Steps that the run had and the working tree has not: the pipeline was changed since. */
function unknownSteps({ steps }: Pipeline, events: readonly HistoryEvent[]): readonly string[] {
  const known = new Set(steps.map(({ name }) => name));
  const entered = events.flatMap(({ stateEnteredEventDetails: details }) =>
    details === undefined ? [] : (CHECK_STATE.exec(String(details.name))?.[1] ?? []),
  );
  const gone = [...new Set(entered)].filter((name) => !known.has(name));
  return gone.length === 0
    ? []
    : [
        `The pipeline was changed since. Steps that the run had and src/pipelines has not: ${gone.join(', ')}.`,
      ];
}
