import { type Change, type ChangePlace, change } from '../change.ts';

/** What wrong rows do: `fail` stops the run, `warn` does not. */
export function compareSeverities(
  where: ChangePlace,
  before: unknown,
  after: unknown,
  what: string,
): readonly Change[] {
  if (before === after) return [];
  const kind = after === 'fail' ? 'severity-raised' : 'severity-lowered';
  return [change(kind, where, `${what}: ${after}, in place of ${before}`)];
}
