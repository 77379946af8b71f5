import type { Pipeline } from './pipeline.ts';

/**
 * The most hours without a load that can be told of. Step Functions remembers an execution for 90 days. The last load is not known
 * for longer.
 */
export const MOST_HOURS_WITHOUT_LOAD = 24 * 85;

/**
 * Hours without a published load that are told of. The pipeline sets them, or the stage does. One with a deadline is told of by its
 * deadline, and has hours only if it sets them itself.
 */
export function hoursWithoutLoadOf(
  { hoursWithoutLoad, deadline }: Pick<Pipeline, 'hoursWithoutLoad' | 'deadline'>,
  ofStage: number,
): number | 'never' {
  return hoursWithoutLoad ?? (deadline === undefined ? ofStage : 'never');
}
