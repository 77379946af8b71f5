import { count } from '../../count.ts';
import type { Pipeline } from '../../definition/pipeline.ts';
import { failedStage, type Run, type RunStage, type RunStep, type StepState } from '../../run-history/run.ts';
import { describeStep } from '../../steps/step.ts';
import { causeLines } from './cause-lines.ts';
import type { ProgressDisplay } from './progress-display.ts';

/** Shows a run, each time it is given it, by what has changed since. */
export interface RunDisplay {
  update(run: Run): void;
  /** The steps that the run did not come to, and why. */
  tellNotRun(run: Run): void;
}

/** A part of the run as it is shown. */
interface ShownStage {
  readonly stage: RunStage;
  readonly what: string;
  /** How it ended, when it ended well. */
  readonly result: string;
}

/** @see RunDisplay */
export function createRunDisplay(pipeline: Pipeline, display: ProgressDisplay): RunDisplay {
  const shown = new Map<string, StepState>();
  return {
    update(run) {
      const changed = shownStages(pipeline, run).filter(
        ({ stage }) => stage.state !== (shown.get(stage.name) ?? 'not-started'),
      );
      // The failure first, then what it stopped.
      for (const part of changed.toSorted((a, b) => rank(a) - rank(b))) {
        const before = shown.get(part.stage.name);
        shown.set(part.stage.name, part.stage.state);
        if (before !== 'running') display.begin(part.what);
        if (part.stage.state !== 'running') showEnd(display, part, run);
      }
    },
    tellNotRun(run) {
      for (const { stage, what } of shownStages(pipeline, run)) {
        if (stage.state !== 'not-started') continue;
        display.sentence(`– ${what}: not run, because ${reasonOfEnd(run)}`);
      }
    },
  };
}

function rank({ stage }: ShownStage): number {
  return stage.state === 'failed' ? 0 : 1;
}

function showEnd(display: ProgressDisplay, { stage, what, result }: ShownStage, run: Run): void {
  const { state, failure, startedAt = 0, endedAt = startedAt } = stage;
  const ms = endedAt - startedAt;
  switch (state) {
    case 'failed':
      display.end(what, failure?.error ?? 'failed', { mark: '✗', ms });
      for (const line of causeLines(failure?.cause ?? '', display.columns)) display.line(line);
      break;
    case 'aborted':
      display.end(what, `stopped, because ${reasonOfEnd(run)}`, { mark: '–', ms });
      break;
    default:
      display.end(what, result, { ms });
  }
}

/** Waiting for the turn and the look at the end are only worth a line when they fail. */
function shownStages(pipeline: Pipeline, run: Run): readonly ShownStage[] {
  const { turn, verification, confirmation } = run;
  const ifFailed = (stage: RunStage): readonly ShownStage[] =>
    stage.state === 'failed' ? [{ stage, what: stage.name, result: 'done' }] : [];
  return [
    ...ifFailed(turn),
    { stage: verification, what: verification.name, result: stagedResult(run) },
    ...run.steps.map((step, index) => ({
      stage: step,
      what: `${step.name} ${describe(pipeline, index)}`,
      result: stepResult(step),
    })),
    ...ifFailed(confirmation),
  ];
}

function describe({ steps }: Pipeline, index: number): string {
  const step = steps[index];
  return step === undefined ? '' : describeStep(step);
}

function stagedResult({ stagedRows }: Run): string {
  const rows = Object.values(stagedRows);
  const sum = rows.reduce((total, number) => total + number, 0);
  return `${count(rows.length, 'staged table')}, ${count(sum, 'row')}`;
}

function stepResult({ alreadyApplied, wrongRows = 0, attempts }: RunStep): string {
  return [
    alreadyApplied ? 'done in an earlier run, nothing was changed' : 'done',
    ...(wrongRows > 0 ? [`it warns: ${count(wrongRows, 'wrong row')}`] : []),
    ...(attempts > 1 ? [`attempt ${attempts}`] : []),
  ].join(', ');
}

/** Why nothing more was run. */
function reasonOfEnd(run: Run): string {
  const failed = failedStage(run);
  if (failed !== undefined) return `${failed.name} failed`;
  if (run.superseded !== undefined) return 'a newer load has come';
  if (run.status === 'TIMED_OUT') return 'the run took longer than its state machine allows';
  return run.status === 'ABORTED' ? 'the run was stopped' : 'the run failed';
}
