import { arnName, parseArn } from '../arn.ts';
import { UNKNOWN_FACTS } from '../errors/commands.ts';
import { ALWAYS, way } from '../errors/error-entry.ts';
import { type Repair, repairBy } from '../errors/repairs.ts';
import type { DmsEvent } from '../loads/dms-event.ts';
import type { Announcement } from './announcement.ts';
import { shorten } from './forms/prose.ts';
import type { LoadOutcome } from './load-outcome.ts';

/** A DMS task, and the pipelines that wait for its loads. */
export interface WatchedTask {
  readonly arn: string;
  /** Name that pipelines use. */
  readonly identifier: string;
  readonly pipelines: readonly string[];
}

/** The task of an event. A task that no pipeline uses gets its name from its ARN. */
export function findTask(tasks: readonly WatchedTask[], { resources }: DmsEvent): WatchedTask {
  const [arn = ''] = resources;
  const known = tasks.find((candidate) => resources.includes(candidate.arn));
  return known ?? { arn, identifier: arnName(arn), pipelines: [] };
}

const ENDS = {
  failed: {
    subject: 'LOAD FAILED',
    status: 'LOAD_FAILED',
    event: 'load-failed',
    severity: 'error',
    words: 'ended with an error',
    advice:
      "Read the task's log and repair the cause. Then resume or reload the task: when the load ends, its run starts. If DMS starts the task again by itself, the run starts when that load ends.",
  },
  stopped: {
    subject: 'LOAD STOPPED',
    status: 'LOAD_STOPPED',
    event: 'load-stopped',
    severity: 'warning',
    words: 'stopped without a finished full load',
    advice:
      'Nothing, if the stop was meant. Otherwise resume or reload the task: when the load ends, its run starts.',
  },
} as const;

/** What is told of a load for which no run is started. */
export function announceLoadEnd(
  event: DmsEvent,
  task: WatchedTask,
  { kind, reason }: Exclude<LoadOutcome, { kind: 'fine' }>,
): Announcement {
  const { arn, identifier, pipelines } = task;
  const { subject, status, words, advice, event: name, severity } = ENDS[kind];
  return {
    event: name,
    severity,
    title: `${subject}: DMS task ${identifier}`,
    paragraphs: [
      `DMS task ${identifier} ${words} at ${event.time}. No run is started for this load.`,
      `Cause: ${shorten(reason)}`,
      pipelines.length === 0 ? undefined : `Pipelines that wait for it: ${pipelines.join(', ')}`,
    ],
    repairs: [loadRepair(arn, advice)],
    reference: arn,
    threadId: `${identifier} ${event.time}`,
    facts: { status, task: identifier, pipelines, cause: reason, links: {} },
  };
}

/** A task is resumed or loads again, whatever has ended it. */
function loadRepair(taskArn: string, repair: string): Repair {
  const facts = {
    ...UNKNOWN_FACTS,
    region: parseArn(taskArn)?.region ?? UNKNOWN_FACTS.region,
    taskArns: [taskArn],
  };
  return repairBy(way(ALWAYS, repair, ['describe', 'resume', 'reload']), facts);
}
