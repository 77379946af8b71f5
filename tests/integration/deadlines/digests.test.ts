import { describe, expect, it } from 'vitest';
import { DigestTimeSchema } from '../../../src/definition/deadline/digest-time.ts';
import { addDays } from '../../../src/definition/deadline/local-time.ts';
import type { MachineMessage } from '../../../src/notifications/forms/machine.ts';
import { publishedItsLoad, runsOf } from '../../../src/simulation/judge/pipeline-runs.ts';
import { createFunction } from '../../../src/simulation/product/functions.ts';
import type { Variation } from '../../../src/simulation/product/variation.ts';
import { simulateWorld } from '../../../src/simulation/simulate-world.ts';
import type { World } from '../../../src/simulation/world.ts';
import { NIGHTS, ONLY_TROUBLES, planNights } from './nights.ts';

const MINUTE_MS = 60_000;
const LOST_MS = 150 * MINUTE_MS;
/** A time that does not exist on one day, and twice on another. */
const DIGEST_AT = '02:30 Europe/Berlin';
/** What ends in the last minutes before a digest belongs to the next one. */
const LAG_MS = 5 * MINUTE_MS;

/** When the digest of a day of 2026 is due, by hand. */
function dueOn(day: string): number {
  if (day === '2026-03-29') return Date.parse('2026-03-29T01:00Z');
  const isSummer = day > '2026-03-29' && day <= '2026-10-25';
  return Date.parse(`${day}T${isSummer ? '00:30' : '01:30'}Z`);
}

/**
 * Each schedule invokes notify-outcome twice at the same moment. On every third day, nothing comes of it for hours after the digest is
 * due: a later invocation makes up for it.
 */
function invokedTwice(isLost: (time: number) => boolean): Variation {
  return {
    settings: { successDigest: DigestTimeSchema.parse(DIGEST_AT) },
    functions: {
      'notify-outcome': (clients, settings) => {
        const handler = createFunction('notify-outcome', clients, settings);
        return async (event: { readonly source?: string }, context) => {
          if (event.source !== 'aws.events') return handler(event as never, context);
          if (isLost(settings.clock.now())) return undefined;
          return Promise.all([1, 2].map(() => handler(event as never, context)));
        };
      },
    },
  };
}

interface Told {
  readonly day: string;
  readonly at: number;
  readonly text: string;
  readonly figures: MachineMessage['figures'];
}

function digestsOf({ record }: World): readonly Told[] {
  return record.notifications.flatMap((note, index) => {
    const [, day] = /^DIGEST (\S+):/.exec(note) ?? [];
    if (day === undefined) return [];
    const forms = JSON.parse(note.slice(note.indexOf('\n')));
    const { figures } = JSON.parse(forms.sqs);
    return { day, at: record.notifiedAt[index] ?? 0, text: forms.default, figures };
  });
}

/** What the runs of each pipeline really came to in a time, as it stood at a moment. */
function trueDay(world: World, from: number, to: number, at: number) {
  const isWithin = (time = 0) => time >= from && time < to;
  return NIGHTS.map((pipeline) => {
    const runs = runsOf(world, pipeline);
    const ends = runs
      .filter((run) => publishedItsLoad(run) && isWithin(run.stored.stoppedAt))
      .map(({ stored }) => stored.stoppedAt ?? 0);
    const lives = runs.map(({ stored }) =>
      world.stepFunctions.lives.get(stored.arn)?.findLast((life) => life.at <= at),
    );
    const failed = lives.filter((life) => life && isWithin(life.at) && FAILED.includes(life.status)).length;
    return { name: `${pipeline.name}-local`, ends: ends.toSorted((a, b) => b - a), failed };
  });
}
const FAILED = ['FAILED', 'ABORTED', 'TIMED_OUT'];

const inBerlin = new Intl.DateTimeFormat('de-DE', { timeZone: 'Europe/Berlin', timeStyle: 'short' });

/** How the line of a pipeline begins. */
function lineOf({ name, ends }: ReturnType<typeof trueDay>[number]): string {
  const [last] = ends;
  return last === undefined
    ? `${name}: published nothing`
    : `${name}: published at ${inBerlin.format(last)}, in `;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

describe.each([
  // The clocks are put forward on the 29th, and back on the 25th. The digest of that day is on time, then hours late.
  ['2026-03-26', 3],
  ['2026-03-26', 4],
  ['2026-10-22', 7],
  ['2026-10-22', 8],
])('the digests of a week from %s, seed %d', async (from, seed) => {
  const NIGHT_COUNT = 6;
  const days = Array.from({ length: NIGHT_COUNT }, (_, index) => addDays(from, index + 1));
  const lostDays = days.filter((day) => (Number(day.slice(-2)) + seed) % 3 === 0);
  const isLost = (time: number) => lostDays.some((day) => time >= dueOn(day) && time < dueOn(day) + LOST_MS);
  let rest: World | undefined;
  await simulateWorld({
    ...{ seed, plan: planNights(from, NIGHT_COUNT, seed), beginsAt: Date.parse(`${from}T00:00Z`) },
    ...{ only: ONLY_TROUBLES, variation: invokedTwice(isLost) },
    onRest: (world) => {
      rest = world;
    },
  });
  const world = rest as World;
  const told = digestsOf(world).filter(({ day }) => days.includes(day));

  it('come once a day, within a minute, or when the function is invoked again', () => {
    expect(told.map(({ day }) => day)).toEqual(days);
    for (const { day, at } of told) {
      const late = at - dueOn(day);
      expect(late).toBeGreaterThanOrEqual(lostDays.includes(day) ? LOST_MS : 0);
      expect(late).toBeLessThan(lostDays.includes(day) ? 360 * MINUTE_MS : MINUTE_MS);
    }
  });

  it('tell what was published since the one before, and what failed', () => {
    for (const { day, at, text, figures } of told) {
      const [since, until] = [dueOn(addDays(day, -1)) - LAG_MS, dueOn(day) - LAG_MS];
      const pipelines = trueDay(world, since, until, at);
      for (const pipeline of pipelines) expect(text).toContain(lineOf(pipeline));
      expect(figures, day).toEqual({
        publishedPipelines: pipelines.filter(({ ends }) => ends.length > 0).length,
        publishedLoads: sum(pipelines.map(({ ends }) => ends.length)),
        failedRuns: sum(pipelines.map(({ failed }) => failed)),
      });
    }
  });

  it('lose nothing between two of them, and tell nothing twice', () => {
    const [first = '', last = ''] = [days[0], days.at(-1)];
    const all = trueDay(
      world,
      dueOn(addDays(first, -1)) - LAG_MS,
      dueOn(last) - LAG_MS,
      Number.POSITIVE_INFINITY,
    );
    const published = sum(all.map(({ ends }) => ends.length));

    expect(sum(told.map(({ figures }) => figures?.publishedLoads ?? 0))).toBe(published);
    expect(published).toBeGreaterThan(NIGHT_COUNT);
  });
});
