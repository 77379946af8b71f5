import * as z from 'zod';
import { arnName } from '../arn.ts';
import type { Clock } from '../clock.ts';
import type { Deadline } from '../definition/deadline/deadline.ts';
import { type DueMessage, findDue } from '../definition/deadline/deadline-days.ts';
import type { Pipeline } from '../definition/pipeline.ts';
import { type DigestContext, tellDigests } from '../digest/tell-digest.ts';
import { ServiceUnavailable } from '../errors/errors.ts';
import { composeDeadline } from '../notifications/deadline-message.ts';
import { nameTold, tellOnce, wasTold } from '../notifications/tell-once.ts';
import { type PastRun, readPastRuns } from '../report/read/read-durations.ts';
import { machineArnOf } from '../runs/start-pipeline.ts';
import { forecastEnd, isStuck, withUsual } from './forecast.ts';
import { readDayState, type StandingContext } from './read-standing.ts';

/** EventBridge's event of a schedule. https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-eventbridge.html */
export const ScheduledEventSchema = z.object({
  source: z.literal('aws.events'),
  'detail-type': z.literal('Scheduled Event'),
});

export interface DeadlineContext extends StandingContext, DigestContext {
  readonly clock: Clock;
}

/** What was found at the warnings and deadlines that are due. */
export interface DeadlineAnswer {
  readonly outcome: 'published' | 'ignored';
  readonly reason: string;
  /** What was told now, by the name under which it is told once. */
  readonly told: readonly string[];
}

/** A deadline is made up for as long as Lambda tries an event again: six hours. */
const LATEST_MS = 6 * 3_600_000;

/**
 * Tells where the day's loads stand whose deadline or warning has come, and what was published in a day whose digest is due. It may be called at any time, and more than once: what was
 * told is not told again, and what an invocation missed, a later one makes up for.
 * @throws ServiceUnavailable when something that is due could not be told: Lambda retries
 */
export async function watchDeadlines(context: DeadlineContext): Promise<DeadlineAnswer> {
  const now = context.clock.now();
  const told: string[] = [];
  const failed: string[] = [];
  const due = context.pipelines.flatMap((pipeline) => {
    const { deadline } = pipeline;
    if (deadline === undefined) return [];
    return findDue(deadline, now - LATEST_MS, now).map((message) => ({ pipeline, deadline, message }));
  });
  const attempt = async (about: string, tell: () => Promise<readonly string[]>) => {
    try {
      told.push(...(await tell()));
    } catch (error) {
      failed.push(`${about}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  for (const one of due) await attempt(one.pipeline.name, () => tellDue(context, one, now));
  await attempt('the digest', () => tellDigests(context, now - LATEST_MS, now));
  if (failed.length > 0)
    throw new ServiceUnavailable(`a message that is due could not be sent: ${failed.join('; ')}`);
  if (told.length > 0) return { outcome: 'published', reason: `told: ${told.join(', ')}`, told };
  return { outcome: 'ignored', reason: `no message is needed; ${due.length} due`, told };
}

interface Due {
  readonly pipeline: Pipeline;
  readonly deadline: Deadline;
  readonly message: DueMessage;
}

/** Tells what is due, if that is needed. @returns the names under which it was told now */
async function tellDue(
  context: DeadlineContext,
  { pipeline, deadline, message: { kind, day } }: Due,
  now: number,
): Promise<readonly string[]> {
  const machine = machineArnOf(context, pipeline);
  const name = nameTold(pipeline.name, day.day, kind);
  if (await wasTold(context, machine, name)) return [];
  const state = await readDayState(context, pipeline, machine, day);
  if (state.kind === 'published') return [];
  const past = await pastRuns(context, machine, {
    now,
    isNeeded: kind === 'warning' && !isStuck(state),
  });
  const forecast = forecastEnd({ ...state, pipeline, past, now });
  const isLate = isStuck(state) || (forecast?.at ?? 0) > day.at;
  if (kind === 'warning' && !isLate) return [];
  const message = composeDeadline(
    {
      ...{ kind, machine: arnName(machine), deadline, day, forecast },
      standing: withUsual(state.standing, past),
      held: state.held,
    },
    context,
  );
  return (await tellOnce(context, machine, name, message)) ? [name] : [];
}

/**
 * Earlier runs are an ornament where a thing is told without them, too. A forecast needs them.
 * @returns undefined where they cannot be read
 * @throws ServiceUnavailable, InvalidConfig where they are needed and cannot be read
 */
async function pastRuns(
  { sfn }: DeadlineContext,
  machine: string,
  { now, isNeeded }: { readonly now: number; readonly isNeeded: boolean },
): Promise<readonly PastRun[] | undefined> {
  try {
    return await readPastRuns(sfn, machine, now);
  } catch (error) {
    if (isNeeded) throw error;
    return undefined;
  }
}
