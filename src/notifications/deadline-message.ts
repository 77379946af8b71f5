import { arnName } from '../arn.ts';
import { count } from '../count.ts';
import type { Deadline } from '../definition/deadline/deadline.ts';
import type { DeadlineDay } from '../definition/deadline/deadline-days.ts';
import { clockAt } from '../definition/deadline/local-time.ts';
import type { RepairFacts, Verb } from '../errors/commands.ts';
import { ALWAYS, way } from '../errors/error-entry.ts';
import { type Repair, repairBy, repairsOf } from '../errors/repairs.ts';
import { readExecutionArn } from '../executions/execution-arn.ts';
import { readRunName } from '../runs/run-name.ts';
import type { Announcement } from './announcement.ts';
import { composeMessage } from './forms/compose-message.ts';
import { shorten } from './forms/prose.ts';
import { describeStanding, inMinutes, type LoadStanding } from './load-standing.ts';
import type { Message } from './message.ts';
import { pipelineFactsOf, pipelineOfMachine, repairFactsOf, type StageNames } from './repair-facts.ts';
import type { Lateness } from './run-message.ts';

/** When the load will probably be published, and how many earlier runs say so. Too few say nothing. */
export type Forecast =
  | { readonly at: number; readonly runs: number }
  | { readonly at?: never; readonly runs: number; readonly needed: number };

/** All that a message about a deadline says. */
export interface DeadlineFacts {
  readonly kind: 'warning' | 'deadline';
  /** Name of the pipeline's state machine. */
  readonly machine: string;
  readonly deadline: Deadline;
  readonly day: DeadlineDay;
  readonly standing: LoadStanding;
  /** Why the pipeline is held, where its load has come further than that. */
  readonly held?: string | undefined;
  readonly forecast?: Forecast | undefined;
}

/** What is told at a deadline whose load is not published, or before one that will probably be missed, in all its forms. */
export function composeDeadline(facts: DeadlineFacts, names: StageNames): Message {
  return composeMessage(announceDeadline(facts, names));
}

function announceDeadline(facts: DeadlineFacts, names: StageNames): Announcement {
  const { kind, machine, deadline, day, standing, held } = facts;
  const where = describeStanding(standing, deadline.timezone);
  const due = `${deadline.at} ${deadline.timezone}`;
  const isWarning = kind === 'warning';
  // Where nobody answers, it is told all the same: silence would be taken for success.
  const verb = standing.kind === 'unknown' ? 'is perhaps' : 'is';
  return {
    event: isWarning ? 'deadline-at-risk' : 'deadline-missed',
    severity: isWarning ? 'warning' : 'error',
    title: `${isWarning ? 'WARNING' : 'LATE'}: ${machine} ${isWarning ? 'may be late' : `${verb} not published at ${deadline.at}`}: ${where}`,
    paragraphs: [
      isWarning
        ? `The load of ${day.day} for ${machine} must be published at ${due}, and will probably be late.`
        : `The load of ${day.day} for ${machine} ${verb} not published. Its deadline was ${due}.`,
      `Where it stands: ${where}.`,
      standing.kind === 'failed' ? describeError(standing) : undefined,
      held === undefined
        ? undefined
        : `The pipeline is held: ${held}. No run is started until it is released.`,
      describeForecast(facts.forecast, facts),
    ],
    repairs: repairsFor(facts, names),
    ...identityOf(facts, names),
  };
}

/** What ties it to the load, and what programs read. */
function identityOf(
  { kind, machine, day, standing }: DeadlineFacts,
  names: StageNames,
): Pick<Announcement, 'reference' | 'threadId' | 'facts'> {
  const named = pipelineOfMachine(machine, names);
  const known = {
    ...{ machine, status: kind === 'warning' ? 'MAY_BE_LATE' : 'LATE' },
    ...(named === undefined ? { pipelines: [] } : { stage: named.stage, pipelines: [named.pipeline] }),
  };
  if (!('executionArn' in standing))
    return { reference: machine, threadId: `${machine} ${day.day}`, facts: known };
  const { executionArn } = standing;
  const { link } = readExecutionArn(executionArn);
  const load = readRunName(arnName(executionArn)).baseLoadId;
  const { step, error, cause } = standing.kind === 'failed' ? standing : {};
  return {
    reference: link,
    threadId: `${machine} ${load}`,
    facts: { ...known, load, step, error, cause, links: { run: link } },
  };
}

function describeError({ error, cause }: { readonly error: string; readonly cause: string }): string {
  return cause === '' ? `Error: ${error}` : `Error: ${error}\nCause: ${shorten(cause)}`;
}

function describeForecast(
  forecast: Forecast | undefined,
  { deadline, day, standing }: DeadlineFacts,
): string | undefined {
  if (forecast === undefined) return undefined;
  const { at, runs } = forecast;
  if (at === undefined)
    return `Forecast: none yet. It takes ${forecast.needed} runs that nobody had to repair, and there ${runs === 1 ? 'is' : 'are'} ${runs === 0 ? 'none' : runs}.`;
  const late = at - day.at;
  const hasBegun = standing.kind !== 'no-load' && standing.kind !== 'companion';
  const condition = hasBegun ? 'nothing else comes in between' : 'the load starts now';
  const lateness = late > 0 ? `, ${inMinutes(late)} late` : '';
  return `Forecast: published at about ${clockAt(at, deadline.timezone)}${lateness}, if ${condition} (by the median of ${count(runs, 'run')}).`;
}

/** What to do: from the table of errors for a run that failed. A pipeline that is held must be released, too. */
function repairsFor({ standing, machine, held }: DeadlineFacts, names: StageNames): readonly Repair[] {
  const facts =
    'executionArn' in standing
      ? repairFactsOf(standing.executionArn, names)
      : { ...pipelineFactsOf(machine, names), ...tasksAt(standing, names) };
  const repairs =
    standing.kind === 'failed'
      ? repairsOf(standing.error, facts)
      : [repairBy(way(ALWAYS, ...remedyFor(standing)), facts)];
  return held === undefined ? repairs : [...repairs, repairBy(way(...RELEASE), facts)];
}

/** The tasks that a standing is about; nothing where these are all tasks of the pipeline. */
function tasksAt(standing: LoadStanding, { tasks }: StageNames): Partial<RepairFacts> {
  const named =
    'task' in standing ? [standing.task] : standing.kind === 'companion' ? standing.missing : undefined;
  const known = tasks.filter(({ identifier }) => named?.includes(identifier));
  return known.length === 0 ? {} : { taskArns: known.map(({ arn }) => arn) };
}

type Remedy = readonly [repair: string, verbs: readonly Verb[]];

const RELEASE = ['The pipeline is held', 'When the reason has gone, release it.', ['release']] as const;
const PATIENCE = 'Nothing, unless it takes much longer than usual. The end of the run is told.';
const START: Remedy = [
  'Look what DMS does, and start a task that nothing else starts. The run starts when each task has loaded.',
  ['describe', 'reload'],
];

/** A task that has never loaded is started in another way. */
function remedyFor(standing: Exclude<LoadStanding, { kind: 'failed' }>): Remedy {
  const [words, verbs] = REMEDIES[standing.kind];
  const isFirst = standing.kind === 'no-load' && standing.lastStartedAt === undefined;
  return [words, isFirst ? ['describe', 'load'] : verbs];
}

/** What helps where no run has failed. */
const REMEDIES: Readonly<Record<Exclude<LoadStanding['kind'], 'failed'>, Remedy>> = {
  'no-load': START,
  companion: START,
  'load-failed': [
    "Read the task's log and repair the cause. Then resume or reload the task. When its load ends, the run starts.",
    ['describe', 'resume', 'reload'],
  ],
  held: ['When the reason of the hold has gone, release the pipeline.', ['release']],
  loading: [PATIENCE, ['describe']],
  running: [PATIENCE, ['report']],
  'not-started': ['The sweep starts the run within 15 minutes. To start it now, ask start-run.', ['start']],
  unknown: ['Ask start-run how the load stands. It starts the run if one is due.', ['start']],
};

/** How late a load was published, in words; undefined for a load that was in time. */
export function describeLateness(
  { at: due, timezone }: Deadline,
  { day, at }: DeadlineDay,
  publishedAt: number,
): Lateness | undefined {
  const late = publishedAt - at;
  if (late <= 0) return undefined;
  return {
    text: `Published at ${clockAt(publishedAt, timezone)}, ${inMinutes(late)} late`,
    deadline: `the deadline of ${day} was ${due} ${timezone}`,
  };
}
