import { errorEntry } from '../../errors/error-table.ts';
import { describeEffects } from '../../report/words.ts';
import { failedStage, type Run } from '../../run-history/run.ts';
import { effectLines } from './effect-lines.ts';
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
    ...effectLines(describeEffects(run.steps), columns),
    '',
    'What to do:',
    ...adviceLines(error, columns),
    '',
    'On this machine:',
    ...hints.map((hint) => `  ${hint}`),
  ];
}

function adviceLines(error: string, columns: number): readonly string[] {
  const cases = errorEntry(error).advice.flatMap(({ when, repair, verbs }) => {
    const then = verbs.length === 0 ? '' : ` Then: ${verbs.join(', ')}.`;
    const text = `${when === 'In any case' ? '' : `${when}. `}${repair}${then}`;
    return wrap(text, columns, { first: '  - ', rest: '    ' });
  });
  return [...cases, '  In a deployed stage the notification has the commands; docs/errors.md explains them.'];
}
