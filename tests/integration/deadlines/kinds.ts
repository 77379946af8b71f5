import type { DeadlineDay } from '../../../src/definition/deadline/deadline-days.ts';
import type { Pipeline } from '../../../src/definition/pipeline.ts';
import { isLoadOf, publishedFor } from '../../../src/simulation/judge/judge-deadlines.ts';
import { runsOf } from '../../../src/simulation/judge/pipeline-runs.ts';
import type { World } from '../../../src/simulation/world.ts';

/** What may become of a night's load. */
export const KINDS = [
  ...['early', 'late', 'never', 'missing', 'failed', 'stopped', 'redriven', 'held'],
  ...['superseded', 'continued', 'rerun'],
] as const;

/** All that was so at a night's deadline, from what the world knows of itself. */
export function kindsOf(world: World, pipeline: Pipeline, day: DeadlineDay): readonly string[] {
  const runs = runsOf(world, pipeline).filter(
    (run) => isLoadOf(run, day) && run.stored.execution.startedAt <= day.at,
  );
  const lives = runs
    .flatMap(({ stored }) => world.stepFunctions.lives.get(stored.arn) ?? [])
    .filter(({ at }) => at <= day.at);
  const publishedAt = publishedFor(world, pipeline, day);
  const isOpen = publishedAt > day.at;
  const tasks = world.tasks.filter(({ identifier }) => pipeline.tasks.includes(identifier));
  const found: Readonly<Record<string, boolean>> = {
    early: !isOpen,
    late: isOpen && publishedAt < Number.POSITIVE_INFINITY,
    never: publishedAt === Number.POSITIVE_INFINITY,
    missing: !tasks.some(({ loads }) =>
      loads.some(({ startedAt }) => startedAt >= day.loadsFrom && startedAt <= day.at),
    ),
    failed: lives.some(({ status }) => status === 'FAILED'),
    stopped: lives.some(({ status }) => status === 'ABORTED'),
    redriven: lives.some(({ redriveCount }) => redriveCount > 0),
    held: isOpen && isHeldAt(world, pipeline, day.at),
    superseded: isOpen && runs.some(({ stored }) => isSupersededAt(stored, day.at)),
    continued: runs.some(({ stored: { name } }) => /-c\d+$/.test(name)),
    rerun: runs.some(({ stored: { name } }) => /-r\d+/.test(name)),
  };
  return Object.keys(found).filter((kind) => found[kind]);
}

type Stored = ReturnType<typeof runsOf>[number]['stored'];

function isSupersededAt({ stoppedAt = 0, execution: { end } }: Stored, at: number): boolean {
  return end?.status === 'SUCCEEDED' && stoppedAt <= at && end.output.includes('"outcome":"superseded"');
}

/** Whether people hold a pipeline at a moment. */
export function isHeldAt({ holds }: World, { name }: Pipeline, at: number): boolean {
  return holds.findLast((hold) => hold.pipeline === name && hold.at <= at)?.isHeld ?? false;
}
