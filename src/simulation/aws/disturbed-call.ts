import type { Clock } from '../../clock.ts';
import { disturbAnswer, lengthOf } from '../../local/parts.ts';
import type { FaultKind, Faults } from '../faults.ts';
import type { ModelOperation } from './operations.ts';

export interface Disturbance {
  readonly clock: Clock;
  readonly faults: Faults;
}

const KINDS: readonly FaultKind[] = ['slow-answer', 'throttle', 'error-before', 'error-after'];
const DATA_API_KINDS: readonly FaultKind[] = [...KINDS, 'wrapped-throttle'];
/** Within the shortest time after which a client gives up on an answer. */
const SLOW_MS = [20, 9_000] as const;

/** Calls an operation as a function does: with what the network and the service's limits do to it. @throws AwsError */
export async function callDisturbed(
  { clock, faults }: Disturbance,
  name: string,
  { service, run }: ModelOperation,
  input: object,
): Promise<object> {
  const strike = faults.strike(service === 'redshift-data' ? DATA_API_KINDS : KINDS, name);
  if (strike === undefined) return run(input as never);
  return disturbAnswer(
    strike.kind,
    async () => run(input as never),
    () => clock.sleep(lengthOf(strike, ...SLOW_MS)),
  );
}
