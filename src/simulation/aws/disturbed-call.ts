import type { Clock } from '../../clock.ts';
import { AwsError } from '../../local/parts.ts';
import type { FaultKind } from '../fault-kinds.ts';
import { type Faults, lengthOf, type Strike } from '../faults.ts';
import type { Operation } from './operations.ts';

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
  { service, run }: Operation,
  input: object,
): Promise<object> {
  const strike = faults.strike(service === 'redshift-data' ? DATA_API_KINDS : KINDS, name);
  if (strike === undefined) return run(input as never);
  return disturb(clock, strike, async () => run(input as never));
}

async function disturb(clock: Clock, strike: Strike, run: () => Promise<object>): Promise<object> {
  switch (strike.kind) {
    case 'throttle':
      throw new AwsError('ThrottlingException', 'Rate exceeded');
    case 'wrapped-throttle':
      throw new AwsError('ValidationException', 'GetCredentials failed: ThrottlingException: Rate exceeded');
    case 'error-before':
      throw new AwsError('InternalFailure', 'Nothing was done.', 500);
    case 'error-after':
      await run();
      throw new AwsError('InternalFailure', 'It was done, but not answered.', 500);
    default: {
      const answer = await run();
      await clock.sleep(lengthOf(strike, ...SLOW_MS));
      return answer;
    }
  }
}
