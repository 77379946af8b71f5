import { describe, expect, it } from 'vitest';
import { forecastEnd, isStuck, withUsual } from '../../../src/deadlines/forecast.ts';
import type { PastRun } from '../../../src/report/read/read-durations.ts';
import type { Run, RunStep } from '../../../src/run-history/run.ts';
import { orders } from '../../fixtures/pipeline.ts';

const MINUTE_MS = 60_000;
const NOW = Date.parse('2026-11-24T05:00Z');

/** A load of 40 minutes, and a run of 30: 20 for the first step, 10 for the second. */
const past = (longer = 0): PastRun => ({
  ...{ name: '20261123T020000000Z-0123456789ab', redrives: 0, isPublished: true },
  startedAt: Date.parse('2026-11-23T02:40Z'),
  endedAt: Date.parse('2026-11-23T03:10Z') + longer,
  stepMs: new Map([
    ['Load_Orders', 20 * MINUTE_MS],
    ['Load_Totals', 10 * MINUTE_MS],
  ]),
});
const step = (name: string, state: RunStep['state'], startedAt?: number) =>
  ({ name, state, ...(startedAt === undefined ? {} : { startedAt }) }) as RunStep;
const run = (...steps: readonly RunStep[]) => ({ steps }) as unknown as Run;
const minutes = (facts: object) => {
  const forecast = forecastEnd({ pipeline: orders, past: [past()], now: NOW, ...facts } as never);
  return forecast && (forecast.at - NOW) / MINUTE_MS;
};
const running = { kind: 'running', executionArn: 'x', at: [{ name: 'Load_Orders' }] } as const;

describe('a forecast', () => {
  it('is the median of what is left, along the steps that follow each other', () => {
    const begun = step('Load_Orders', 'running', NOW - 5 * MINUTE_MS);

    expect(minutes({ standing: running, run: run(begun, step('Load_Totals', 'not-started')) })).toBe(25);
    expect(
      minutes({
        standing: running,
        run: run(step('Load_Orders', 'done'), step('Load_Totals', 'running', NOW)),
      }),
    ).toBe(10);
  });

  it('counts from the start of the load before there is a run', () => {
    const loadStartedAt = NOW - 30 * MINUTE_MS;

    expect(minutes({ standing: { kind: 'loading' }, loadStartedAt })).toBe(40);
    expect(minutes({ standing: { kind: 'no-load' } })).toBe(70);
    expect(minutes({ standing: { kind: 'not-started' } })).toBe(30);
  });

  it('leaves out runs that were repaired, and is none without others', () => {
    const repaired = { ...past(99 * MINUTE_MS), redrives: 1 };

    expect(minutes({ standing: { kind: 'no-load' }, past: [repaired, past()] })).toBe(70);
    expect(minutes({ standing: { kind: 'no-load' }, past: [repaired] })).toBeUndefined();
  });

  it('is none for what does not go on by itself', () => {
    expect(minutes({ standing: { kind: 'failed' } })).toBeUndefined();
    expect(isStuck({ kind: 'held', reason: 'x' })).toBe(true);
  });

  it('says how long a step usually takes', () => {
    expect(withUsual(running, [past()])).toMatchObject({ at: [{ usualMs: 20 * MINUTE_MS }] });
  });
});
