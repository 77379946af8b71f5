import { arnName } from '../arn.ts';
import type { Pipeline } from '../definition/pipeline.ts';
import type { RepairFacts } from '../errors/commands.ts';
import { errorEntry } from '../errors/error-table.ts';
import { repairsOf } from '../errors/repairs.ts';
import type { KnownStatement } from '../run-history/attempts.ts';
import type { HistoryEvent } from '../run-history/history-event.ts';
import { readRun } from '../run-history/read-run.ts';
import { readTimelines } from '../run-history/read-timelines.ts';
import { failedStage, type Run } from '../run-history/run.ts';
import { listEvents } from './list-events.ts';
import { type LoadFacts, readLoad } from './read-load.ts';
import type { Report, Trouble, WrittenRows } from './report.ts';
import { buildRows } from './report-rows.ts';
import { findCriticalPath, measureTiming } from './timing.ts';
import { describeEffects, describeRun } from './words.ts';

/** What a report is made from. */
export interface ReportFacts {
  /** As it is in this working tree. */
  readonly pipeline: Pipeline;
  /** Names for the commands of repairs. */
  readonly repair: RepairFacts;
  /** The execution in the AWS console. */
  readonly link?: string | undefined;
  /** The whole history, from the first event. */
  readonly events: readonly HistoryEvent[];
  /** The moment of the report, milliseconds since 1970. */
  readonly now: number;
  /** Statements by ID, as far as the Data API still knows them. */
  readonly statements?: ReadonlyMap<string, KnownStatement>;
  /** Rows that each step wrote, by step. */
  readonly written?: ReadonlyMap<string, readonly WrittenRows[]>;
  /** How long the statement of each step took in runs before, milliseconds, by step. */
  readonly before?: ReadonlyMap<string, readonly number[]>;
  /** What could not be found out. */
  readonly unknown?: readonly string[];
}

/** Makes the report of a run from the history of its execution and what is known besides. */
export function buildReport(facts: ReportFacts): Report {
  const { pipeline, repair, link, events, now, unknown = [] } = facts;
  const run = readRun(pipeline, events);
  const load = readLoad(pipeline, events, run);
  const timelines = readTimelines(pipeline, run, events, facts);
  const rows = buildRows({ ...facts, run, timelines });
  const critical = findCriticalPath(rows);
  const path = critical.flatMap((name) => rows.filter((row) => row.name === name));
  const { startedAt = now, endedAt = now } = run;
  return {
    ...{ version: 1, madeAt: now, pipeline: pipeline.name, stage: repair.stage },
    ...{ executionArn: repair.executionArn, name: arnName(repair.executionArn) },
    ...(link === undefined ? {} : { link }),
    ...(load.reason === undefined ? {} : { reason: load.reason }),
    outcome: describeRun(run, load.load.stoppedAt),
    load: load.load,
    timing: measureTiming(path, { loadedAt: eventOf(load, run, repair), startedAt, to: endedAt }),
    rows: rows.map((row) => ({ ...row, isCritical: critical.includes(row.name) })),
    audits: run.audits,
    warnings: run.warnings,
    ...troubleOf(run, repair),
    redrives: run.redrives,
    events: listEvents(events),
    unknown: [...unknown, ...load.unknown],
  };
}

/** The end of the load that the run followed upon. Reruns and continuations followed upon a person. */
function eventOf({ load }: LoadFacts, { startedAt = 0 }: Run, { rerun, continue: next }: RepairFacts) {
  const isFirst = rerun === undefined && next === undefined;
  return isFirst && load.stoppedAt !== undefined && load.stoppedAt <= startedAt ? load.stoppedAt : undefined;
}

function troubleOf(run: Run, repair: RepairFacts): { readonly trouble?: Trouble } {
  const { failure } = run;
  if (failure === undefined) return {};
  const failed = failedStage(run);
  return {
    trouble: {
      ...failure,
      meaning: errorEntry(failure.error).meaning,
      ...(failed === undefined ? {} : { at: failed.name }),
      effects: describeEffects(run.steps),
      repairs: repairsOf(failure.error, repair),
    },
  };
}
