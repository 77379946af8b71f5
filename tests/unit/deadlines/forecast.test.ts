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
const usual = [past(), past(), past()];
const forecast = (facts: object) =>
  forecastEnd({ pipeline: orders, past: usual, now: NOW, ...facts } as never);
const minutes = (facts: object) => ((forecast(facts)?.at ?? Number.NaN) - NOW) / MINUTE_MS;
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

  it.each([
    ['was redriven', { redrives: 1 }],
    ['was superseded', { isPublished: false }],
    ['continued another one', { name: `${past().name}-c1` }],
    ['repeated another one', { name: `${past().name}-r1` }],
  ])('leaves out a run that %s', (_, unusual) => {
    const others = Array.from({ length: 9 }, () => ({ ...past(99 * MINUTE_MS), ...unusual }));

    expect(minutes({ standing: { kind: 'no-load' }, past: [...others, ...usual] })).toBe(70);
    expect(forecast({ standing: { kind: 'no-load' }, past: [...others, past()] })).toEqual({
      ...{ runs: 1, needed: 3 },
    });
  });

  it('is not moved by a run that waited for hours for its turn', () => {
    const waited = past(5 * 60 * MINUTE_MS);

    expect(minutes({ standing: { kind: 'not-started' }, past: [waited, ...usual] })).toBe(30);
  });

  it('is at least what is left of a usual run where a step is new, or has a new name', () => {
    const old = usual.map((run) => ({ ...run, stepMs: new Map([['Load_Orders', 20 * MINUTE_MS]]) }));
    const since = (elapsed: number) => ({
      ...run(step('Load_Orders', 'done'), step('Load_Totals', 'not-started')),
      startedAt: NOW - elapsed * MINUTE_MS,
    });

    expect(minutes({ standing: running, past: old, run: since(21) })).toBe(9);
    expect(minutes({ standing: running, past: old, run: since(99) })).toBe(0);
    const begun = { ...run(step('Load_Orders', 'not-started')), startedAt: NOW - 25 * MINUTE_MS };
    expect(minutes({ standing: running, past: old, run: begun })).toBe(20);
  });

  it('is none for what does not go on by itself, and where earlier runs could not be read', () => {
    expect(forecast({ standing: { kind: 'failed' } })).toBeUndefined();
    expect(forecast({ standing: { kind: 'no-load' }, past: undefined })).toBeUndefined();
    expect(isStuck({ standing: { kind: 'held', reason: 'x' } })).toBe(true);
  });

  it('is none for a pipeline that is held, unless its run has begun', () => {
    const held = 'by Ann';

    expect(isStuck({ standing: { kind: 'no-load' }, held })).toBe(true);
    expect(forecast({ standing: { kind: 'loading' }, held })).toBeUndefined();
    expect(isStuck({ standing: running, held })).toBe(false);
    expect(minutes({ standing: running, held })).toBe(30);
  });

  it('says how long a step usually takes', () => {
    expect(withUsual(running, [past()])).toMatchObject({ at: [{ usualMs: 20 * MINUTE_MS }] });
    expect(withUsual(running)).toEqual(running);
  });
});
