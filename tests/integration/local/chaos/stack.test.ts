import { describe, expect, it } from 'vitest';
import { summarizeChaos } from '../../../../src/local/chaos/chaos.ts';
import { invokeFunction } from '../../../../src/local-stage/invoke-function.ts';
import { startDisturbedStack } from './disturbed-stack.ts';

const distinct = (values: readonly string[]) => new Set(values).size;

describe('a stack under chaos', () => {
  it('injects nothing at rate 0', async () => {
    const { announced, faults, loadTimes, chaos } = await startDisturbedStack({ rate: 0, seed: 1 });

    await loadTimes(3);

    expect(announced).toHaveLength(3);
    expect(faults).toEqual([]);
    expect(summarizeChaos(chaos)).toBe('chaos: 0 faults');
  });

  it('loses every event when it is told to', async () => {
    const { announced, faults, loadTimes } = await startDisturbedStack({
      rate: 1,
      seed: 1,
      only: ['lost-event'],
    });

    await loadTimes(2);

    expect(announced).toEqual([]);
    expect(faults).toHaveLength(4);
  });

  it.each(['double-event', 'killed-after'] as const)('lets a function do things again: %s', async (kind) => {
    const { announced, loadTimes } = await startDisturbedStack({ rate: 1, seed: 1, only: [kind] });

    await loadTimes(1);

    expect(announced.length).toBeGreaterThan(1);
    expect(distinct(announced)).toBe(1);
  });

  it.each(['late-event', 'reordered-event'] as const)('delivers each event once: %s', async (kind) => {
    const { announced, loadTimes } = await startDisturbedStack({ rate: 1, seed: 1, only: [kind] });

    await loadTimes(2);

    expect(announced).toHaveLength(2);
    expect(distinct(announced)).toBe(2);
  });

  it.each(['killed-before', 'timed-out', 'throttle', 'error-before'] as const)(
    'keeps functions from having an effect: %s',
    async (kind) => {
      const { announced, loadTimes, chaos } = await startDisturbedStack({ rate: 1, seed: 1, only: [kind] });

      await loadTimes(1);

      expect(announced).toEqual([]);
      // The first attempt and its two retries.
      expect(summarizeChaos(chaos)).toBe(`chaos: 3 faults: ${kind} 3`);
    },
  );

  it.each(['error-after', 'lives-on'] as const)(
    'lets functions have an effect and fail: %s',
    async (kind) => {
      const { announced, loadTimes } = await startDisturbedStack({ rate: 1, seed: 1, only: [kind] });

      await loadTimes(1);

      // What lives on has its effect when it has been given up already.
      await expect.poll(() => announced.length).toBe(3);
      expect(distinct(announced)).toBe(1);
    },
  );

  it('leaves alone what a person calls and invokes', async () => {
    const { stack, call, faults } = await startDisturbedStack({
      rate: 1,
      seed: 1,
      only: ['error-before', 'killed-before', 'lost-event'],
    });

    const described = await call('AmazonDMSv20160101.DescribeReplicationTasks', {});
    const invoked = await invokeFunction(stack.url, 'start-run', { id: 'by hand' });

    expect(described.status).toBe(200);
    // The function ran; the call it made itself is a function's.
    expect(invoked.failed).toBe(true);
    expect(faults).toEqual([expect.stringContaining('error-before 1: sns.Publish')]);
  });

  it('injects the same faults for the same seed', async () => {
    const settings = { rate: 0.5, seed: 11, only: ['lost-event', 'double-event'] as const };
    const first = await startDisturbedStack(settings);
    const second = await startDisturbedStack(settings);

    await Promise.all([first.loadTimes(10), second.loadTimes(10)]);

    expect(first.faults.length).toBeGreaterThan(3);
    expect(second.faults).toEqual(first.faults);
    expect(second.announced).toHaveLength(first.announced.length);
  });
});
