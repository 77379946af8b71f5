import { describe, expect, it } from 'vitest';
import { deadlineOn, findDue } from '../../../src/definition/deadline/deadline-days.ts';
import { clockAt, momentOf } from '../../../src/definition/deadline/local-time.ts';
import type { Pipeline } from '../../../src/definition/pipeline.ts';
import { publishedFor, toldAt } from '../../../src/simulation/judge/judge-deadlines.ts';
import { simulateWorld } from '../../../src/simulation/simulate-world.ts';
import type { World } from '../../../src/simulation/world.ts';
import { extent } from '../../fixtures/runner/extent.ts';
import { isHeldAt, KINDS, kindsOf } from './kinds.ts';
import { BERLIN, LORD_HOWE, NEW_YORK, NIGHTS, ONLY_TROUBLES, planNights } from './nights.ts';
import { trueStanding } from './true-standing.ts';

const MINUTE_MS = 60_000;

/** A year, or days of it on which clocks change, with a seed each; and what messages of them begin with. */
const [SPANS, SAID] = extent(
  [
    [
      ['2026-03-26', 5, 3],
      ['2026-10-22', 5, 7],
    ],
    [
      'no load has',
      'DMS has loaded',
      'it waits for the companion task',
      'at Load_',
      'failed at',
      'stopped at',
    ],
  ] as const,
  [
    [['2026-01-01', 365, 3]],
    [
      ...[
        'no load has',
        'DMS has loaded',
        'it waits for the companion task',
        'the load of DMS task',
        'held: ',
      ],
      ...['at Load_', 'failed at', 'stopped at'],
    ],
  ] as const,
);

/** What happens in every timezone, one of them with a load of two tasks; in a sample, what happens in any. */
const [GROUPS, OCCURRING] = extent<readonly [readonly (readonly Pipeline[])[], readonly string[]]>(
  [[NIGHTS], ['early', 'late', 'never', 'missing', 'failed', 'stopped']],
  [NIGHTS.map((pipeline) => [pipeline]), KINDS],
);

interface Night {
  readonly pipeline: Pipeline;
  readonly day: string;
  readonly dueAt: number;
  readonly late: readonly number[];
  readonly warned: readonly number[];
  readonly closed: readonly number[];
  readonly publishedAt: number;
  /** When it is warned of, and the subject of what closes it. */
  readonly warnAt: number;
  readonly closing: string | undefined;
  /** What the message says, and what it must begin with. */
  readonly said: string | undefined;
  readonly expected: RegExp | undefined;
  /** Whether it says that people hold the pipeline, and whether they do. */
  readonly isSaidHeld: boolean;
  readonly isHeld: boolean;
  readonly kinds: readonly string[];
}

async function simulateNights(from: string, nights: number, seed: number): Promise<readonly Night[]> {
  const found: Night[] = [];
  const plan = planNights(from, nights, seed);
  const beginsAt = Date.parse(`${from}T00:00Z`);
  const onRest = (world: World) =>
    void found.push(...NIGHTS.flatMap((pipeline) => nightsOf(world, pipeline, beginsAt, plan.disturbedMs)));
  await simulateWorld({ seed, plan, beginsAt, only: ONLY_TROUBLES, onRest });
  return found;
}

function nightsOf(world: World, pipeline: Pipeline, from: number, lengthMs: number): readonly Night[] {
  const { deadline } = pipeline;
  if (deadline === undefined) return [];
  return findDue(deadline, from, from + lengthMs).map(({ day }) => {
    const times = toldAt(world, pipeline, day);
    const find = (start: string, about: string) =>
      world.record.notifications.find(
        (note) => note.startsWith(start) && note.includes(` of ${day.day} ${about}`),
      );
    const told = find(`LATE: ${pipeline.name}-`, 'for ');
    const text = told === undefined ? '' : JSON.parse(told.slice(told.indexOf('\n'))).default;
    return {
      ...{ pipeline, day: day.day, dueAt: day.at, warnAt: day.warnAt ?? 0, ...times },
      closing: find(`SUCCEEDED: ${pipeline.name}-local: Published at `, 'was ')?.split('\n')[0],
      publishedAt: publishedFor(world, pipeline, day),
      said: /Where it stands: (.*)/.exec(text)?.[1]?.replace(/\.$/, ''),
      expected: trueStanding(world, pipeline, day, day.at),
      isSaidHeld: /: held: |The pipeline is held: /.test(text),
      isHeld: isHeldAt(world, pipeline, day.at),
      kinds: kindsOf(world, pipeline, day),
    };
  });
}

const isPrompt = (told: readonly number[], due: number) =>
  told.every((time) => time >= due && time < due + MINUTE_MS);

/** One message for a deadline that is missed, within a minute, with what is so; and one when its load is published. */
function judgeNight({ pipeline, day, publishedAt, ...night }: Night): void {
  const { dueAt, warnAt, late, warned, closed, closing, said, expected } = night;
  const what = `${pipeline.name} ${day} ${said} ${expected} ${closing}`;
  const isLate = publishedAt > dueAt;
  expect(late.length, what).toBe(isLate ? 1 : 0);
  expect(isPrompt(late, dueAt), what).toBe(true);
  expect(warned.length, what).toBeLessThanOrEqual(1);
  expect(isPrompt(warned, warnAt), what).toBe(true);
  if (isLate) expect(said, what).toMatch(expected ?? /^none is expected$/);
  if (isLate) expect(night.isSaidHeld, what).toBe(night.isHeld);
  const isClosed = isLate && publishedAt < Number.POSITIVE_INFINITY;
  expect(closed.length, what).toBe(isClosed ? 1 : 0);
  if (!isClosed) return;
  const minutes = Math.max(1, Math.floor((publishedAt - dueAt) / MINUTE_MS));
  const at = clockAt(publishedAt, pipeline.deadline?.timezone ?? '');
  expect(isPrompt(closed, publishedAt), what).toBe(true);
  expect(closing, what).toContain(`Published at ${at}, ${minutes.toLocaleString('en-US')} minute`);
}

/** The kinds of nights that pipelines never had. */
function lackingKinds(nights: readonly Night[], group: readonly Pipeline[]): readonly string[] {
  const own = nights.filter(({ pipeline }) => group.includes(pipeline));
  const lacking = OCCURRING.filter((kind) => !own.some(({ kinds }) => kinds.includes(kind)));
  return lacking.map((kind) => `${group.map(({ name }) => name)}: ${kind}`);
}

describe('a year of nights in three timezones', () => {
  it('has one message for each deadline that is missed, within a minute, with what is so', {
    timeout: 3_600_000,
  }, async () => {
    const nights = (
      await Promise.all(SPANS.map(([from, count, seed]) => simulateNights(from, count, seed)))
    ).flat();

    for (const night of nights) judgeNight(night);
    const said = nights.flatMap((night) => night.said ?? []);
    expect(SAID.filter((start) => !said.some((text) => text.startsWith(start)))).toEqual([]);
    expect(GROUPS.flatMap((group) => lackingKinds(nights, group))).toEqual([]);
    const shareOf = (isMeant: (night: Night) => boolean) => nights.filter(isMeant).length / nights.length;
    expect(shareOf(({ late }) => late.length === 0)).toBeGreaterThan(0.2);
    expect(shareOf(({ late }) => late.length === 1)).toBeGreaterThan(0.2);
    expect(shareOf(({ warned }) => warned.length === 1)).toBeGreaterThan(0.05);
    expect(shareOf(({ closed }) => closed.length === 1)).toBeGreaterThan(0.1);
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
