import { describe, expect, it } from 'vitest';
import { deadlineOn, findDue } from '../../../src/definition/deadline/deadline-days.ts';
import { clockAt, momentOf } from '../../../src/definition/deadline/local-time.ts';
import type { Pipeline } from '../../../src/definition/pipeline.ts';
import type { FaultKind } from '../../../src/simulation/faults.ts';
import { publishedFor, toldAt } from '../../../src/simulation/judge/judge-deadlines.ts';
import { simulateWorld } from '../../../src/simulation/simulate-world.ts';
import type { World } from '../../../src/simulation/world.ts';
import { extent } from '../../fixtures/runner/extent.ts';
import { BERLIN, LORD_HOWE, NEW_YORK, NIGHTS, planNights } from './nights.ts';
import { trueStanding } from './true-standing.ts';

const MINUTE_MS = 60_000;

/** What goes wrong by itself or by people. AWS works: nothing is lost, late or killed. */
const TROUBLES: readonly FaultKind[] = [
  ...(['sql-failure', 'load-failed', 'load-stopped', 'table-error', 'slow-statement'] as const),
  ...(['run-stopped', 'run-redriven-late', 'pipeline-held', 'load-rerun', 'run-continued'] as const),
];
const only = {
  has: (id: string) => TROUBLES.some((kind) => id.startsWith(`${kind}#`)),
} as ReadonlySet<string>;

/** A year, or the weeks of it in which clocks change. */
const SPANS = extent(
  [
    ['2026-03-24', 9],
    ['2026-10-21', 9],
  ] as const,
  [['2026-01-01', 365]] as const,
);

interface Night {
  readonly pipeline: Pipeline;
  readonly day: string;
  readonly dueAt: number;
  readonly late: readonly number[];
  readonly warned: readonly number[];
  readonly closed: readonly number[];
  readonly publishedAt: number;
  /** What the message says, and what it must begin with. */
  readonly said: string | undefined;
  readonly expected: RegExp | undefined;
}

async function simulateNights(from: string, nights: number): Promise<readonly Night[]> {
  const found: Night[] = [];
  const plan = planNights(from, nights, 3);
  const beginsAt = Date.parse(`${from}T00:00Z`);
  const onRest = (world: World) =>
    void found.push(...NIGHTS.flatMap((pipeline) => nightsOf(world, pipeline, beginsAt, plan.disturbedMs)));
  await simulateWorld({ seed: 3, plan, beginsAt, only, onRest });
  return found;
}

function nightsOf(world: World, pipeline: Pipeline, from: number, lengthMs: number): readonly Night[] {
  const { deadline } = pipeline;
  if (deadline === undefined) return [];
  return findDue(deadline, from, from + lengthMs).map(({ day }) => {
    const told = toldAt(world, pipeline, day);
    const text = world.record.notifications.find(
      (note) => note.startsWith(`LATE: ${pipeline.name}-`) && note.includes(` of ${day.day} for `),
    );
    return {
      ...{ pipeline, day: day.day, dueAt: day.at, ...told },
      publishedAt: publishedFor(world, pipeline, deadline, day),
      said: /Where it stands: (.*)/.exec(text ?? '')?.[1],
      expected: trueStanding(world, pipeline, day, day.at),
    };
  });
}

/** One message for a deadline that is missed, within a minute, with what is so; and one when its load is published. */
function judgeNight({
  pipeline,
  day,
  dueAt,
  late,
  warned,
  closed,
  publishedAt,
  said,
  expected,
}: Night): void {
  const what = `${pipeline.name} ${day} ${said} ${expected}`;
  const isLate = publishedAt > dueAt;
  expect(late.length, what).toBe(isLate ? 1 : 0);
  expect(warned.length, what).toBeLessThanOrEqual(1);
  const delays = late.map((told) => told - dueAt);
  expect(
    delays.filter((delay) => delay < 0 || delay >= MINUTE_MS),
    what,
  ).toEqual([]);
  if (isLate) expect(said, what).toMatch(expected ?? /^none is expected$/);
  expect(closed.length, what).toBe(isLate && publishedAt < Number.POSITIVE_INFINITY ? 1 : 0);
}

describe('a year of nights in three timezones', () => {
  it('has one message for each deadline that is missed, within a minute, with what is so', {
    timeout: 3_600_000,
  }, async () => {
    const nights = (await Promise.all(SPANS.map(([from, count]) => simulateNights(from, count)))).flat();

    for (const night of nights) judgeNight(night);
    const kinds = new Set(nights.flatMap(({ said }) => said?.split(' ').slice(0, 2).join(' ') ?? []));
    expect(nights.filter(({ late }) => late.length === 0).length).toBeGreaterThan(nights.length / 3);
    expect(nights.filter(({ late }) => late.length === 1).length).toBeGreaterThan(nights.length / 10);
    expect(nights.filter(({ warned }) => warned.length === 1).length).toBeGreaterThan(0);
    expect([...kinds].join('; ')).toMatch(/no load|DMS has|at Load_|failed at/);
  });

  it('has deadlines in the gap and in the hour that comes twice', () => {
    const shown = ({ deadline }: Pipeline, day: string) => {
      const at = (deadline && deadlineOn(deadline, day)?.at) ?? 0;
      return [new Date(at).toISOString().slice(0, 16), clockAt(at, deadline?.timezone ?? 'UTC')];
    };

    expect(shown(BERLIN, '2026-03-29')).toEqual(['2026-03-29T01:00', '03:00']);
    expect(shown(BERLIN, '2026-10-25')).toEqual(['2026-10-25T00:30', '02:30']);
    expect(shown(NEW_YORK, '2026-10-30')).toEqual(['2026-10-30T05:30', '01:30']);
    expect(momentOf('2026-11-01', '01:30', 'America/New_York')).toBe(Date.parse('2026-11-01T05:30Z'));
    expect(shown(LORD_HOWE, '2026-10-04')).toEqual(['2026-10-04T03:00', '14:00']);
  });
});
