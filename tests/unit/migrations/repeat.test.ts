import { describe, expect, it } from 'vitest';
import type { StatementEnd } from '../../../src/data-api/statement-end.ts';
import { InvalidConfig, RedshiftUnavailable } from '../../../src/errors/errors.ts';
import { repeatCall, repeatStatement } from '../../../src/migrations/repeat.ts';
import { createJumpingClock } from '../../fixtures/jumping-clock.ts';

const failed = (error: string): StatementEnd => ({
  ...{ id: 'id-1', status: 'FAILED', error, durationMs: 0, isEarlier: false },
});
const finished: StatementEnd = { id: 'id-2', status: 'FINISHED', durationMs: 5, isEarlier: false };
const CONFLICT = failed('ERROR: could not complete because of conflict with concurrent transaction');
const LOST = failed('An I/O error occurred while sending to the backend.');

function world(...ends: readonly (StatementEnd | Error)[]) {
  const clock = createJumpingClock('2026-11-24T01:00:00.000Z');
  const told: string[] = [];
  let runs = 0;
  return {
    clock,
    told,
    runs: () => runs,
    context: {
      clock,
      random: () => 0,
      onRepeat: (name: string, error: string, seconds: number) =>
        void told.push(`${name} ${seconds} s: ${error}`),
    },
    run: async () => {
      const end = ends[Math.min(runs, ends.length - 1)];
      runs += 1;
      if (end instanceof Error) throw end;
      return end ?? finished;
    },
  };
}

describe('repeatStatement', () => {
  it('runs again what failed by a cause that passes, after a pause of which it tells', async () => {
    const { context, run, clock, told } = world(CONFLICT, failed('The connection attempt failed.'), finished);

    await expect(repeatStatement(context, 'V001', true, run)).resolves.toBe(finished);
    expect(clock.sleeps).toEqual([2_000, 60_000]);
    expect(told).toEqual([`V001 2 s: ${CONFLICT.error}`, 'V001 60 s: The connection attempt failed.']);
  });

  it('gives up after four', async () => {
    const { context, run, runs } = world(CONFLICT);

    await expect(repeatStatement(context, 'V001', true, run)).resolves.toBe(CONFLICT);
    expect(runs()).toBe(4);
  });

  it('runs again what may have been applied only where that is harmless', async () => {
    const harmless = world(LOST, finished);
    const harmful = world(LOST, finished);

    await expect(repeatStatement(harmless.context, 'V001', true, harmless.run)).resolves.toBe(finished);
    await expect(repeatStatement(harmful.context, 'V001', false, harmful.run)).resolves.toBe(LOST);
  });

  it.each([
    'ERROR: boom',
    'ERROR: permission denied for schema mart',
    "ERROR: Query (1) canceled on user's request",
  ])('does not run again what does not pass: %s', async (error) => {
    const { context, run, runs } = world(failed(error));

    await repeatStatement(context, 'V001', true, run);
    expect(runs()).toBe(1);
  });

  it('stops where it is stopped, before a pause and within one', async () => {
    const { context, run, runs } = world(CONFLICT);
    const stop = new AbortController();
    const clock = { ...context.clock, sleep: async () => Promise.reject(stop.signal.reason) };

    await repeatStatement({ ...context, clock, signal: stop.signal }, 'V001', true, run);
    stop.abort();
    await repeatStatement({ ...context, signal: stop.signal }, 'V001', true, run);

    expect(runs()).toBe(2);
    expect(context.clock.sleeps).toEqual([]);
  });
});

describe('repeatCall', () => {
  it('asks again while the API cannot answer, up to four times', async () => {
    const some = world(new RedshiftUnavailable('busy'), finished);
    const always = world(new RedshiftUnavailable('busy'));

    await expect(repeatCall(some.context, 'V001', some.run)).resolves.toBe(finished);
    await expect(repeatCall(always.context, 'V001', always.run)).rejects.toThrow('busy');
    expect(always.runs()).toBe(4);
  });

  it('asks once when it is refused', async () => {
    const { context, run, runs } = world(new InvalidConfig('no'));

    await expect(repeatCall(context, 'V001', run)).rejects.toThrow('no');
    expect(runs()).toBe(1);
  });
});
