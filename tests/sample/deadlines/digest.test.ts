import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moveSystemClock } from '../../../src/clock.ts';
import type { Sample } from '../sample-stack.ts';
import { startLateSample } from './late-sample.ts';

const SCHEDULED = { source: 'aws.events', 'detail-type': 'Scheduled Event' };

describe('the digest of a day on the local stack', () => {
  let sample: Sample;
  beforeAll(async () => {
    sample = await startLateSample(new URL('digest-outcome.ts', import.meta.url), '04:01');
  });
  afterAll(async () => {
    moveSystemClock(0);
    await sample?.close();
  });

  it('tells once of the load that was published, in place of a message of its own', async () => {
    await sample.load();
    await sample.stack.idle();
    expect(sample.notifications).toEqual([]);

    const answers = await Promise.all([1, 2, 3].map(() => sample.invoke('notify-outcome', SCHEDULED)));
    await sample.stack.idle();

    expect(answers).toContainEqual(expect.objectContaining({ outcome: 'published' }));
    await expect.poll(() => sample.notifications).toHaveLength(1);
    expect(sample.notifications[0]).toMatch(
      /redshift-elt-load-customer-sales-local: published at 04:0\d, in 1 minute\n/,
    );
  });
});
