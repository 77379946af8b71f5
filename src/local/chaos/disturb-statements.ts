import type { StatementDisturbance } from '../services/redshift-data/run-statement.ts';
import type { Injector } from './injector.ts';
import { kindsAt } from './kinds.ts';

const STUCK_MS = [5_000, 120_000] as const;
const ROLLBACK_MS = [5_000, 60_000] as const;

/**
 * Stands before a statement's start and before its rollback.
 * @param isDisturbed whether the statement that asks was submitted by a function
 */
export function createStatementDisturbance(
  injector: Injector,
  isDisturbed: () => boolean,
): StatementDisturbance {
  const strike =
    (point: 'statement' | 'rollback', range: readonly [number, number]) =>
    async (name: string): Promise<void> => {
      const draw = isDisturbed() ? injector.draw(kindsAt(point)) : undefined;
      if (draw === undefined) return;
      injector.note(draw, `statement ${name}`);
      await injector.pause(draw, ...range);
    };
  return { beforeStart: strike('statement', STUCK_MS), beforeRollback: strike('rollback', ROLLBACK_MS) };
}
