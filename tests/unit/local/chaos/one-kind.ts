import { type Chaos, createChaos } from '../../../../src/local/chaos/chaos.ts';
import type { ChaosKind } from '../../../../src/local/chaos/kinds.ts';
import { createManualClock } from '../../../fixtures/manual-clock.ts';

/** Chaos in which one kind strikes always, on a clock that the test moves. */
export function onlyKind(kind: ChaosKind): {
  readonly chaos: Chaos;
  readonly waits: ReturnType<typeof createManualClock>;
  readonly lines: string[];
} {
  const waits = createManualClock();
  const lines: string[] = [];
  const chaos = createChaos({
    rate: 1,
    seed: 1,
    only: [kind],
    waits,
    report: (line) => void lines.push(line),
  });
  return { chaos, waits, lines };
}
