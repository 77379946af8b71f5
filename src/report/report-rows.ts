import type { Pipeline } from '../definition/pipeline.ts';
import type { KnownStatement } from '../run-history/attempts.ts';
import type { Timeline } from '../run-history/read-timelines.ts';
import type { Run, RunStage, RunStep } from '../run-history/run.ts';
import { describeStep, type Step } from '../steps/step.ts';
import { summarizeDurations } from './durations.ts';
import type { ReportedStep, ReportRow, WrittenRows } from './report.ts';
import { describeEffect, describeStage, describeStaged } from './words.ts';

/** What the rows of a report are made from. */
export interface RowFacts {
  readonly pipeline: Pipeline;
  readonly run: Run;
  readonly timelines: ReadonlyMap<string, Timeline>;
  readonly statements?: ReadonlyMap<string, KnownStatement>;
  readonly written?: ReadonlyMap<string, readonly WrittenRows[]>;
  readonly before?: ReadonlyMap<string, readonly number[]>;
}

/** The rows of a run: turn, verification, the steps, confirmation. Which of them are critical is not yet known. */
export function buildRows(facts: RowFacts): readonly Omit<ReportRow, 'isCritical'>[] {
  const { pipeline, run } = facts;
  const { turn, verification, confirmation } = run;
  const followed = new Set(pipeline.steps.flatMap(({ after }) => after));
  const last = pipeline.steps.filter(({ name }) => !followed.has(name)).map(({ name }) => name);
  const frame = (
    stage: RunStage,
    kind: 'turn' | 'verification' | 'confirmation',
    title: string,
    after: readonly string[],
  ) => ({
    ...rowOf(facts, stage),
    ...{ kind, title, after },
  });
  const verified = verification.state === 'done' ? `done: ${describeStaged(run)}` : undefined;
  return [
    frame(turn, 'turn', 'waits until no other run of the pipeline is at work', []),
    {
      ...frame(verification, 'verification', 'makes sure that the load is complete', [turn.name]),
      ...(verified === undefined ? {} : { result: verified }),
    },
    ...pipeline.steps.map((step, index) => ({
      ...rowOf(facts, run.steps[index] as RunStep),
      kind: step.kind,
      title: describeStep(step),
      after: step.after.length === 0 ? [verification.name] : step.after,
      step: stepOf(facts, step, run.steps[index] as RunStep),
    })),
    frame(confirmation, 'confirmation', 'makes sure that staging still holds the load', last),
  ];
}

function rowOf({ run, timelines }: RowFacts, stage: RunStage | RunStep) {
  const { name, state, failure } = stage;
  const { spans = [], ...times } = timelines.get(name) ?? {};
  return {
    ...{ name, state, ...times, spans },
    result: describeStage(run, stage),
    ...(failure === undefined ? {} : { failure }),
  };
}

function stepOf({ run, statements, written, before }: RowFacts, step: Step, ran: RunStep): ReportedStep {
  const { statementId, redshiftQueryId } = ran;
  const queryId = redshiftQueryId ?? statements?.get(statementId ?? '')?.redshiftQueryId ?? 0;
  const rows = written?.get(step.name);
  const earlier = before?.get(step.name) ?? [];
  return {
    ...factsOf(ran),
    effectText: describeEffect(ran),
    procedures: step.kind === 'check' ? [step.check] : step.calls.map(({ procedure }) => procedure),
    ...(queryId > 0 ? { redshiftQueryId: queryId } : {}),
    ...(rows === undefined ? {} : { written: rows }),
    ...(earlier.length === 0 ? {} : { before: summarizeDurations(earlier) }),
    audits: run.audits.filter((audit) => audit.step === step.name),
  };
}

function factsOf({
  effect,
  commits,
  attempts,
  retried,
  statementId,
  statementMs,
  wrongRows,
  alreadyApplied,
}: RunStep) {
  return {
    ...{ effect, commits, attempts, retried },
    ...(statementId === undefined ? {} : { statementId }),
    ...(statementMs === undefined ? {} : { statementMs }),
    ...(wrongRows === undefined ? {} : { wrongRows }),
    ...(alreadyApplied === undefined ? {} : { alreadyApplied }),
  };
}
