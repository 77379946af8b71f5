import { describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../../../../src/local/engine/clock/virtual-clock.ts';

describe('createVirtualClock', () => {
  it('jumps to the next timer, in order of time and of setting', async () => {
    const clock = createVirtualClock(0);
    const order: string[] = [];
    const note = (name: string) => () => void order.push(`${name} ${clock.now()}`);

    await Promise.all([
      clock.sleep(50).then(note('c')),
      clock.sleep(10).then(note('a')),
      clock.sleep(50).then(note('d')),
      clock.sleep(20).then(note('b')),
    ]);

    expect(order).toEqual(['a 10', 'b 20', 'c 50', 'd 50']);
  });

  it('lets everything a timer causes happen before the next one', async () => {
    const clock = createVirtualClock(0);
    const order: string[] = [];
    const chain = async () => {
      await clock.sleep(10);
      for (let step = 0; step < 100; step += 1) await Promise.resolve();
      order.push('chain');
    };

    await Promise.all([chain(), clock.sleep(10).then(() => order.push('timer'))]);

    expect(order).toEqual(['chain', 'timer']);
  });

  it('rejects with the signal’s reason, and forgets the timer', async () => {
    const clock = createVirtualClock(0);
    const stop = new AbortController();
    const sleeping = clock.sleep(10, stop.signal);

    stop.abort(new Error('enough'));

    await expect(sleeping).rejects.toThrow('enough');
    await expect(clock.sleep(10, stop.signal)).rejects.toThrow('enough');
    expect(clock.pending).toBe(0);
    await clock.sleep(5);
    expect(clock.now()).toBe(5);
  });

  it('stands still while it is held', async () => {
    const clock = createVirtualClock(0);
    const release = clock.hold();
    let woken = false;
    const sleeping = clock.sleep(10).then(() => {
      woken = true;
    });

    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(woken).toBe(false);
    release();
    release();
    await sleeping;

    expect(clock.now()).toBe(10);
  });

  it('orders many timers', async () => {
    const clock = createVirtualClock(0);
    const woken: number[] = [];
    const delays = Array.from({ length: 200 }, (_, index) => (index * 7919) % 199);

    await Promise.all(delays.map((ms) => clock.sleep(ms).then(() => woken.push(clock.now()))));

    expect(woken).toEqual(delays.toSorted((a, b) => a - b));
  });
});
