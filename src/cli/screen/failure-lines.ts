import { errorEntry } from '../../errors/error-table.ts';
import { failedStage, type Run, type RunStep } from '../../run-history/run.ts';
import { wrap } from './wrap.ts';

const INDENT = { first: '  ', rest: '  ' } as const;

/**
 * What a person is told of a run that did not end well: its end, what it did to production, and what to do.
 * @param hints what to try on this machine, a line each
 */
export function failureLines(run: Run, columns: number, hints: readonly string[]): readonly string[] {
  const failed = failedStage(run);
  const error = run.failure?.error ?? 'without an error';
  const at = failed === undefined ? '' : ` at ${failed.name}`;
  return [
    ...wrap(`✗ the run ${run.status}: ${error}${at}`, columns, { first: '', rest: '  ' }),
    // A step's cause stands at the step.
    ...(failed === undefined && run.failure?.cause ? wrap(run.failure.cause, columns, INDENT) : []),
    '',
    'In production:',
    ...effectLines(run.steps, columns),
    '',
    'What to do:',
    ...adviceLines(error, columns),
    '',
    'On this machine:',
    ...hints.map((hint) => `  ${hint}`),
  ];
}

/** Of each step that changes production whether it did. */
function effectLines(steps: readonly RunStep[], columns: number): readonly string[] {
  const having = (effect: RunStep['effect']) => steps.filter((step) => step.effect === effect);
  const [applied, missing, uncertain] = [having('applied'), having('not-applied'), having('uncertain')];
  const list = (title: string, texts: readonly string[]) =>
    texts.length === 0
      ? []
      : wrap(texts.join(', '), columns, { first: `  ${title.padEnd(15)}`, rest: ' '.repeat(17) });
  return [
    ...(applied.length + uncertain.length === 0
      ? ['  nothing took effect: production is as it was before the run']
      : []),
    ...list('took effect', applied.map(describeApplied)),
    ...list('did not', missing.map(describeMissing)),
    ...uncertain.flatMap((step, index) => list(index === 0 ? 'uncertain' : '', [describeUncertain(step)])),
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

function adviceLines(error: string, columns: number): readonly string[] {
  const cases = errorEntry(error).advice.flatMap(({ when, repair, verbs }) => {
    const then = verbs.length === 0 ? '' : ` Then: ${verbs.join(', ')}.`;
    const text = `${when === 'In any case' ? '' : `${when}. `}${repair}${then}`;
    return wrap(text, columns, { first: '  - ', rest: '    ' });
  });
  return [...cases, '  In a deployed stage the notification has the commands; docs/errors.md explains them.'];
}
