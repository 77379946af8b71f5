import type { Deadline } from '../../definition/deadline/deadline.ts';
import { type DeadlineDay, deadlineOn } from '../../definition/deadline/deadline-days.ts';
import { addDays, dayAt } from '../../definition/deadline/local-time.ts';
import type { Pipeline } from '../../definition/pipeline.ts';
import { NOT_FOUND_OUT } from '../../notifications/load-standing.ts';
import { isFirstRun } from '../../runs/run-name.ts';
import type { World } from '../world.ts';
import { type PipelineRun, publishedItsLoad, runsOf } from './pipeline-runs.ts';

const MINUTE_MS = 60_000;
/** Lambda tries an invocation three times within three minutes, and answers of AWS lag for up to five. */
const TRIED_MS = 15 * MINUTE_MS;

/**
 * At its deadline, a load that is not published was told of once, and what is told of a deadline is told once. Nothing was told of
 * a load that was published in time, if the tasks held it still: lists of executions lag by days here, and hide an earlier one.
 */
export function judgeDeadlines(world: World): void {
  for (const pipeline of world.plan.pipelines) {
    const { deadline } = pipeline;
    if (deadline === undefined) continue;
    for (const day of daysOf(world, deadline)) judgeDay(world, pipeline, day);
  }
}

/** The days whose deadlines have come in the world. */
function daysOf({ beganAt, clock }: World, deadline: Deadline): readonly DeadlineDay[] {
  const days: DeadlineDay[] = [];
  const until = clock.now() - TRIED_MS;
  for (let day = dayAt(beganAt, deadline.timezone); ; day = addDays(day, 1)) {
    const found = deadlineOn(deadline, day);
    if (found !== undefined && found.at > until) return days;
    if (found !== undefined && found.at > beganAt) days.push(found);
    if (Date.parse(day) > until) return days;
  }
}

function judgeDay(world: World, pipeline: Pipeline, day: DeadlineDay): void {
  const { record, lambda } = world;
  const what = `the deadline of ${day.day} for ${pipeline.name}`;
  const told = toldAt(world, pipeline, day);
  if (told.late.length > 1) record.violate(`${what} was told ${told.late.length} times`);
  if (told.warned.length > 1) record.violate(`${what} was warned of ${told.warned.length} times`);
  if (told.closed.length > told.late.length)
    record.violate(`${what} was closed ${told.closed.length} times, and told ${told.late.length} times`);
  const publishedAt = publishedFor(world, pipeline, day);
  const isHeld = (run: PipelineRun) => isHeldAt(world, run, day.at);
  if (told.claimed.length > 0 && publishedFor(world, pipeline, day, isHeld) < day.at - TRIED_MS)
    record.violate(`${what} was told, and its load was published before`);
  const isQueued = lambda.failures.some((body) => body.includes(':function:notify-outcome:'));
  if (told.late.length === 0 && publishedAt > day.at + TRIED_MS && !isQueued)
    record.violate(`nobody was told of ${what}`);
}

/** Whether a run is the first one of the loads that its tasks held at a moment: its name follows from them. */
function isHeldAt({ tasks }: World, { stored: { name }, input }: PipelineRun, at: number): boolean {
  const startOf = (arn: string) =>
    tasks.find((task) => task.arn === arn)?.loads.findLast(({ startedAt }) => startedAt <= at)?.startedAt;
  const { tasks: loads } = input.load;
  return isFirstRun(name) && loads.every(({ arn, startedAt }) => startOf(arn) === Date.parse(startedAt));
}

/** Whether the load of a run belongs to a day. */
export function isLoadOf({ input }: PipelineRun, { loadsFrom, loadsBefore }: DeadlineDay): boolean {
  const startedAt = Date.parse(input.load.startedAt);
  return startedAt >= loadsFrom && startedAt < loadsBefore;
}

/**
 * When the load of a day was first published, epoch milliseconds; infinity if it was not.
 * @param isMeant which runs count
 */
export function publishedFor(
  world: World,
  pipeline: Pipeline,
  day: DeadlineDay,
  isMeant = (_run: PipelineRun) => true,
): number {
  const ends = runsOf(world, pipeline)
    .filter((run) => isLoadOf(run, day) && publishedItsLoad(run) && isMeant(run))
    .map(({ stored: { stoppedAt } }) => stoppedAt ?? Number.POSITIVE_INFINITY);
  return Math.min(Number.POSITIVE_INFINITY, ...ends);
}

/** When people were told of a day's deadline, warned of it, and told of its end; epoch milliseconds. */
export function toldAt({ record }: World, { name }: Pipeline, { day }: DeadlineDay) {
  const times = (isMeant: (text: string) => boolean) =>
    record.notifications.flatMap((text, index) => (isMeant(text) ? (record.notifiedAt[index] ?? []) : []));
  const about = `The load of ${day} for ${name}-local `;
  return {
    late: times((text) => text.startsWith('LATE') && text.includes(about)),
    /** Of these, those that do not say that nobody could find it out. */
    claimed: times(
      (text) => text.startsWith('LATE') && text.includes(about) && !text.includes(`: ${NOT_FOUND_OUT}`),
    ),
    warned: times((text) => text.startsWith('WARNING') && text.includes(about)),
    closed: times(
      (text) =>
        text.startsWith(`SUCCEEDED: ${name}-local: Published`) && text.includes(`the deadline of ${day} was`),
    ),
  };
}
