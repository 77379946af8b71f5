import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { moveSystemClock } from '../../../src/clock.ts';
import type { Sample } from '../sample-stack.ts';
import { startLateSample } from './late-sample.ts';

const SCHEDULED = { source: 'aws.events', 'detail-type': 'Scheduled Event' };

describe('a deadline on the local stack', () => {
  let sample: Sample;
  beforeAll(async () => {
    sample = await startLateSample(new URL('notify-outcome.ts', import.meta.url), '06:35');
  });
  afterAll(async () => {
    moveSystemClock(0);
    await sample?.close();
  });

  it('tells once where the load stands, however often its function is invoked', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => sample.invoke('notify-outcome', SCHEDULED)));
    await sample.stack.idle();

    expect(answers).toContainEqual(expect.objectContaining({ outcome: 'published' }));
    await vi.waitFor(() => expect(sample.notifications).toHaveLength(1));
    expect(sample.notifications[0]).toContain('Where it stands: no load has started.');
  });

  it('closes the deadline once when the load is published', async () => {
    await sample.load();
    await sample.stack.idle();

    await vi.waitFor(() => expect(sample.notifications).toHaveLength(2));
    expect(sample.notifications[1]).toMatch(
      /^Published at 06:\d\d, \d+ minutes late: the deadline of \S+ was 06:30 UTC\./,
    );

    await sample.invoke('start-run', { pipeline: 'redshift-elt-load-customer-sales', reason: 'x', rerun: 1 });
    await sample.endOfLastRun();
    await sample.stack.idle();

    await vi.waitFor(() => expect(sample.notifications).toHaveLength(3));
    expect(sample.notifications[2]).not.toContain('late');
  });
});
