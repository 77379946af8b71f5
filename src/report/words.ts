import { count, groupDigits } from '../count.ts';
import { failedStage, type Run, type RunStage, type RunStep } from '../run-history/run.ts';
import type { EffectGroup, Outcome, OutcomeState } from './report.ts';

/** A moment as people read it: `2026-11-24 13:45:12 UTC`. @param at milliseconds since 1970 */
export function describeTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

const STATES: Readonly<Record<Run['status'], OutcomeState>> = {
  RUNNING: 'running',
  SUCCEEDED: 'published',
  FAILED: 'failed',
  ABORTED: 'stopped',
  TIMED_OUT: 'timed-out',
};

/** How a run stands, in one sentence. @param loadedAt when DMS stopped, milliseconds since 1970 */
export function describeRun(run: Run, loadedAt: number | undefined): Outcome {
  const state = run.superseded === undefined ? STATES[run.status] : 'superseded';
  return { state, sentence: SENTENCES[state](run, loadedAt) };
}

const SENTENCES: Readonly<Record<OutcomeState, (run: Run, loadedAt: number | undefined) => string>> = {
  published: (run, loadedAt) => {
    const when = loadedAt === undefined ? '' : ` of ${describeTime(loadedAt).slice(0, 16)} UTC`;
    const rows = knownRows(run);
    return `Production shows the load${when}: ${count(sum(rows), 'row')} of ${count(rows.length, 'staged table')}.`;
  },
  superseded: () => 'A newer load has come, so this run has done nothing. The newer load has its own run.',
  failed: (run) => `The run failed${at(run)}. ${describeProduction(run)}`,
  stopped: (run) => `The run was stopped${at(run)}. ${describeProduction(run)}`,
  'timed-out': (run) =>
    `The run took longer than its state machine allows, and was ended${at(run)}. ${describeProduction(run)}`,
  running: (run) => describeProgress(run),
};

/** Where a run has ended. */
function at(run: Run): string {
  const failed = failedStage(run);
  if (failed !== undefined) return ` at ${failed.name}`;
  const stopped = stagesOf(run).filter(({ state }) => state === 'aborted');
  return stopped.length === 0 ? '' : ` at ${stopped.map(({ name }) => name).join(', ')}`;
}

function describeProduction({ steps }: Run): string {
  const having = (effect: RunStep['effect']) => steps.filter((step) => step.effect === effect).length;
  const [applied, missing, uncertain] = [having('applied'), having('not-applied'), having('uncertain')];
  if (applied + uncertain === 0) return 'Production is as it was before the run.';
  const open = uncertain === 0 ? '' : `, of ${uncertain} it is not known`;
  return `${applied} of ${count(applied + missing + uncertain, 'step')} took effect${open}.`;
}

function describeProgress(run: Run): string {
  if (run.turn.state !== 'done') return 'The run waits for its turn: one run of a pipeline works at a time.';
  const running = stagesOf(run).filter(({ state }) => state === 'running');
  const done = run.steps.filter(({ state }) => state === 'done').length;
  const where =
    running.length === 0 ? 'between two steps' : `at ${running.map(({ name }) => name).join(', ')}`;
  return `The run is ${where}: ${done} of ${count(run.steps.length, 'step')} ${run.steps.length === 1 ? 'is' : 'are'} done.`;
}

function stagesOf({ turn, verification, steps, confirmation }: Run): readonly RunStage[] {
  return [turn, verification, ...steps, confirmation];
}

/** `2 staged tables, 9 rows`. */
export function describeStaged({ stagedRows }: Pick<Run, 'stagedRows'>): string {
  const rows = knownRows({ stagedRows });
  return `${count(rows.length, 'staged table')}, ${count(sum(rows), 'row')}`;
}

/** Rows of the staged tables; those that a step had emptied in an earlier run are left out. */
function knownRows({ stagedRows }: Pick<Run, 'stagedRows'>): readonly number[] {
  return Object.values(stagedRows).filter((rows) => !Number.isNaN(rows));
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** How a part of a run stands, in words. */
export function describeStage(run: Run, stage: RunStage | RunStep): string {
  switch (stage.state) {
    case 'not-started':
      return run.status === 'RUNNING' ? 'not begun' : `not run, because ${reasonOfEnd(run)}`;
    case 'running':
      return 'running';
    case 'failed':
      return stage.failure?.error ?? 'failed';
    case 'aborted':
      return `stopped, because ${reasonOfEnd(run)}`;
    case 'done':
      return 'kind' in stage ? describeDone(stage) : 'done';
  }
}

function describeDone({ alreadyApplied, wrongRows = 0, attempts }: RunStep): string {
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

/** What the steps that change production did to it. */
export function describeEffects(steps: readonly RunStep[]): readonly EffectGroup[] {
  const having = (effect: RunStep['effect']) => steps.filter((step) => step.effect === effect);
  const [applied, missing, uncertain] = [having('applied'), having('not-applied'), having('uncertain')];
  const nothing: EffectGroup = {
    kind: 'nothing',
    title: 'nothing took effect',
    texts: ['production is as it was before the run'],
  };
  const groups: readonly EffectGroup[] = [
    { kind: 'applied', title: 'took effect', texts: applied.map(describeApplied) },
    { kind: 'not-applied', title: 'took no effect', texts: missing.map(describeMissing) },
    { kind: 'uncertain', title: 'uncertain', texts: uncertain.map(describeUncertain) },
  ];
  return [
    ...(applied.length + uncertain.length === 0 ? [nothing] : []),
    ...groups.filter(({ texts }) => texts.length > 0),
  ];
}

function describeApplied({ name, alreadyApplied }: RunStep): string {
  return alreadyApplied ? `${name} (before this run)` : name;
}

function describeMissing({ name, state }: RunStep): string {
  return `${name} (${state === 'not-started' ? 'not run' : 'rolled back'})`;
}

function describeUncertain({ name, commits, state }: RunStep): string {
  if (commits) return `${name}: its procedure commits by itself; check in the warehouse what it has done`;
  const stopped = state === 'aborted' ? 'its statement was cancelled with the run' : 'its end is not known';
  return `${name}: ${stopped}; redrive the run: it finds out, and applies nothing twice`;
}

/** What a step did to production, in words. */
export function describeEffect(step: RunStep): string {
  switch (step.effect) {
    case 'reads-only':
      return 'reads only';
    case 'applied':
      return step.alreadyApplied ? 'took effect before this run' : 'took effect';
    case 'not-applied':
      return step.state === 'not-started' ? 'nothing' : 'nothing: it was rolled back';
    case 'uncertain':
      return step.state === 'running' ? 'not yet known' : 'uncertain';
  }
}

/** `1,234 rows` of each table that a step wrote: `dbo.dim_cust: 3 in, 2 out`. */
export function describeWritten(table: string, inserted: number, deleted: number): string {
  const parts = [
    ...(inserted > 0 || deleted === 0 ? [`${groupDigits(inserted)} in`] : []),
    ...(deleted > 0 ? [`${groupDigits(deleted)} out`] : []),
  ];
  return `${table}: ${parts.join(', ')}`;
}
