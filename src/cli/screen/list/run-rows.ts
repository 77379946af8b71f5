import { count } from '../../../count.ts';
import type { Pipeline } from '../../../definition/pipeline.ts';
import type { WrittenRows } from '../../../report/report.ts';
import { describeStage, describeStaged, describeWritten } from '../../../report/words.ts';
import type { Run, RunStage, RunStep } from '../../../run-history/run.ts';
import { describeStep } from '../../../steps/step.ts';
import type { ShownRow } from './shown-row.ts';

/** Rows that steps of a run wrote, by step. */
export type WrittenByStep = ReadonlyMap<string, readonly WrittenRows[]>;

/**
 * The parts of a run that are shown, in its order. Waiting for the turn and the look at the end are only worth a row when they
 * fail.
 */
export function runRows(pipeline: Pipeline, run: Run, written: WrittenByStep): readonly ShownRow[] {
  const { turn, verification, steps, confirmation } = run;
  const ifFailed = (stage: RunStage, about: string) =>
    stage.state === 'failed' ? [frameRow(run, stage, about, '')] : [];
  return [
    ...ifFailed(turn, 'waits for its turn'),
    frameRow(run, verification, 'checks that every table is loaded', describeStaged(run)),
    ...steps.map((step, index) => {
      const about = aboutStep(pipeline, index);
      const numbers = describeRows(step, written);
      const row = rowOf(run, step, about, numbers);
      const words = row.result === numbers && numbers !== '' ? `done; ${numbers}` : row.result;
      return { ...row, sentence: { subject: `${step.name} ${about}`.trim(), result: words } };
    }),
    ...ifFailed(confirmation, 'checks that staging still holds the load'),
  ];
}

/** A part that every run has: its name says what it does. */
function frameRow(run: Run, stage: RunStage, about: string, numbers: string): ShownRow {
  const row = rowOf(run, stage, about, numbers);
  return { ...row, sentence: { subject: stage.name, result: row.result } };
}

function aboutStep({ steps }: Pipeline, index: number): string {
  const step = steps[index];
  return step === undefined ? '' : describeStep(step);
}

/** @param numbers what is to be said of one that is done */
function rowOf(
  run: Run,
  stage: RunStage | RunStep,
  about: string,
  numbers: string,
): Omit<ShownRow, 'sentence'> {
  const { name, state, failure, startedAt, endedAt } = stage;
  return {
    name,
    about,
    state,
    result: resultOf(run, stage, numbers),
    startedAt,
    endedAt,
    cause: failure?.cause,
  };
}

function resultOf(run: Run, stage: RunStage | RunStep, numbers: string): string {
  if (stage.state === 'running' || (stage.state === 'not-started' && run.status === 'RUNNING')) return '';
  const words = describeStage(run, stage);
  if (stage.state !== 'done' || numbers === '') return words;
  return words === 'done' ? numbers : `${words}; ${numbers}`;
}

function describeRows({ name, kind, wrongRows = 0 }: RunStep, written: WrittenByStep): string {
  // Of others that are wrong the words of its end tell.
  if (kind === 'check') return wrongRows === 0 ? count(0, 'wrong row') : '';
  const tables = written.get(name) ?? [];
  return tables.map(({ table, inserted, deleted }) => describeWritten(table, inserted, deleted)).join('; ');
}
