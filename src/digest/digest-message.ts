import { count } from '../count.ts';
import { clockAt } from '../definition/deadline/local-time.ts';
import type { Announcement } from '../notifications/announcement.ts';
import { inMinutes } from '../notifications/load-standing.ts';
import { pipelineOfMachine, type StageNames } from '../notifications/repair-facts.ts';
import type { DaySpan, PipelineDay } from './read-day.ts';

/** All that a digest says. */
export interface DigestFacts {
  readonly stage: string;
  /** `2026-03-29` */
  readonly day: string;
  readonly timezone: string;
  readonly span: DaySpan;
  readonly pipelines: readonly PipelineDay[];
}

/** What is told once a day of everything that was published: a line for each pipeline, those without a load first. */
export function announceDigest(facts: DigestFacts, names: Pick<StageNames, 'tasks'>): Announcement {
  const { stage, day, timezone, span, pipelines } = facts;
  const published = pipelines.filter((pipeline) => pipeline.published.length > 0);
  const failedRuns = sum(pipelines.map(({ failed }) => failed));
  const isQuiet = published.length === pipelines.length && failedRuns === 0;
  const until = `${clockAt(span.to, timezone)} ${timezone}`;
  const ordered = pipelines.toSorted(
    (a, b) => Number(a.published.length > 0) - Number(b.published.length > 0),
  );
  return {
    event: 'digest',
    severity: isQuiet ? 'info' : 'warning',
    title: `DIGEST ${day}: ${published.length} of ${count(pipelines.length, 'pipeline')} published${
      failedRuns === 0 ? '' : `, ${count(failedRuns, 'run')} failed`
    }`,
    paragraphs: [
      `In the day until ${until}, ${published.length} of ${count(pipelines.length, 'pipeline')} of stage ${stage} published a load.`,
      ordered.map((pipeline) => describeDay(pipeline, timezone)).join('\n'),
      failedRuns === 0 ? undefined : 'Each run that failed was told of when it ended.',
    ],
    repairs: [],
    reference: `npm run status -- --stage ${stage}`,
    threadId: `digest ${stage} ${day}`,
    facts: {
      status: 'DIGEST',
      stage,
      pipelines: pipelines.flatMap(({ machine }) => pipelineOfMachine(machine, names)?.pipeline ?? []),
      figures: {
        publishedPipelines: published.length,
        publishedLoads: sum(pipelines.map((pipeline) => pipeline.published.length)),
        failedRuns,
      },
    },
  };
}

/** `load-orders-dev: published at 03:12, in 14 minutes; 2 more loads before` */
function describeDay({ machine, published, failed }: PipelineDay, timezone: string): string {
  const failures = failed === 0 ? '' : `; ${count(failed, 'run')} failed`;
  const [last, ...before] = published;
  if (last === undefined) return `${machine}: published nothing${failures}`;
  const more = before.length === 0 ? '' : `; ${count(before.length, 'load')} before it`;
  return `${machine}: published at ${clockAt(last.at, timezone)}, in ${inMinutes(last.runMs)}${more}${failures}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
