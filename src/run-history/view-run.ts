import type { Pipeline } from '../definition/pipeline.ts';
import { FRAME_STATES } from '../names/machine-states.ts';
import { commitsByItself, type Step } from '../steps/step.ts';
import { effectOf } from './effect.ts';
import type { Part } from './parts.ts';
import type { RunFacts } from './read-run.ts';
import type { RetriedAttempt, Run, RunAudit, RunStage, RunStep } from './run.ts';

/** Makes a run from its parts and from what is known about the whole. */
export function viewRun(pipeline: Pipeline, parts: readonly Part[], facts: RunFacts): Run {
  const { output, ...known } = facts;
  const byName = new Map(parts.map((part) => [part.name, part]));
  const partOf = (name: string) => byName.get(name) as Part;
  const verification = partOf(FRAME_STATES.verify);
  return {
    ...known,
    turn: viewStage(partOf(FRAME_STATES.turn)),
    verification: viewStage(verification),
    steps: pipeline.steps.map((step) => viewStep(step, partOf(step.name))),
    confirmation: viewStage(partOf(FRAME_STATES.confirm)),
    stagedRows: readStagedRows(verification.stagedRows ?? ''),
    audits: (output.audits ?? []) as readonly RunAudit[],
    warnings: (output.warnings ?? []) as readonly string[],
    ...(output.outcome === 'superseded' ? { superseded: String(output.reason ?? '') } : {}),
  };
}

function viewStage({ record: _, stagedRows: __, ...stage }: Part): RunStage {
  return stage;
}

function viewStep(step: Step, part: Part): RunStep {
  const { kind } = step;
  const commits = commitsByItself(step);
  const { state, failure, record } = part;
  const { attempt, resubmit, alreadyApplied, durationMs, wrongRows, failedAttempts, queryId, pid } = record;
  const statementId = failedStatement(failure?.cause) ?? (record.id as string | undefined);
  // The record of a step that is due for another attempt has the number of the next attempt, and the ID of the last
  // statement.
  const isDue = resubmit === true && statementId === record.id;
  const submitted = Number(attempt ?? 0) - (isDue ? 1 : 0);
  return {
    ...viewStage(part),
    kind,
    commits,
    effect: effectOf({ kind, state, commits, ...(failure ? { failure } : {}) }),
    attempts: Math.max(submitted, statementId === undefined ? 0 : 1),
    retried: (failedAttempts ?? []) as readonly RetriedAttempt[],
    ...(statementId === undefined ? {} : { statementId }),
    ...(typeof queryId === 'number' ? { redshiftQueryId: queryId } : {}),
    ...(typeof pid === 'number' ? { redshiftPid: pid } : {}),
    ...(typeof durationMs === 'number' ? { statementMs: durationMs } : {}),
    ...(alreadyApplied === true ? { alreadyApplied } : {}),
    ...(typeof wrongRows === 'number' ? { wrongRows } : {}),
  };
}

/** The ID of the statement that an error names. If a statement failed at once, only the error names it. */
export function failedStatement(cause = ''): string | undefined {
  return /\bstatement ([0-9a-f]{8}-[0-9a-f-]{27})\b/.exec(cause)?.[1];
}

export function readStagedRows(text: string): Readonly<Record<string, number>> {
  const tables = text.split(',').filter((table) => table.includes('='));
  return Object.fromEntries(
    tables.map((table) => {
      const [name = '', rows] = table.split('=');
      return [name, Number(rows)];
    }),
  );
}
