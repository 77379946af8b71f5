import { systemClock } from '../../../src/clock.ts';
import { DigestTimeSchema } from '../../../src/definition/deadline/digest-time.ts';
import { deployWith } from './notify-outcome.ts';

const HOUR_MS = 3_600_000;

/** notify-outcome in a stage with a digest. It lives an hour later than the rest of the stack. */
export const handler = deployWith({
  successDigest: DigestTimeSchema.parse('05:00 UTC'),
  notifySuccess: false,
  clock: { ...systemClock, now: () => systemClock.now() + HOUR_MS },
});
