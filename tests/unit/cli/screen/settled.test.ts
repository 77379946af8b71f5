import { describe, expect, it } from 'vitest';
import { settled } from '../../../../src/cli/screen/settled.ts';
import { createVirtualClock } from '../../../../src/local/engine/clock/virtual-clock.ts';

describe('waiting for what follows from a run', () => {
  it('ends with the last event and function', async () => {
    const clock = createVirtualClock(0);

    await settled({ idle: () => clock.sleep(3_000) }, clock);

    expect(clock.now()).toBe(3_000);
  });

  it('ends after thirty seconds when a function is to be called again in a minute', async () => {
    const clock = createVirtualClock(0);

    await settled({ idle: () => clock.sleep(60_000) }, clock);

    expect(clock.now()).toBe(30_000);
  });
});
