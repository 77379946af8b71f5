import * as z from 'zod';
import { arnName, executionArnOf, stateMachineArnOfExecution } from '../arn.ts';
import type { Clock } from '../clock.ts';
import type { DataApi } from '../data-api/describe.ts';
import { findRunning } from '../data-api/find-submitted.ts';
import { describeExecution } from '../executions/describe-execution.ts';
import { type ListedExecution, listExecutions, listNewest } from '../executions/list-executions.ts';
import type { StepFunctions } from '../executions/start-execution.ts';
import type { Dms } from '../loads/describe-task.ts';
import { ContractVersionSchema } from '../statements/contract-version.ts';
import { findNewerLoad } from './same-load.ts';

/** What the state Take_Turn sends. */
export const TurnRequestSchema = z.object({
  contractVersion: ContractVersionSchema,
  pipeline: z.string().min(1),
  /** Names of the pipeline's steps. */
  steps: z.array(z.string().min(1)),
  load: z.object({
    id: z.string().min(1),
    tasks: z.array(z.object({ arn: z.string().min(1), startedAt: z.string().min(1) })).min(1),
  }),
  execution: z.object({
    arn: z.string().min(1),
    startedAt: z.string().min(1),
    redrivenAt: z.string().min(1).nullable(),
  }),
});
export type TurnRequest = z.infer<typeof TurnRequestSchema>;

export interface TurnContext {
  readonly dms: Dms;
  readonly sfn: StepFunctions;
  readonly api: DataApi;
  readonly clock: Clock;
  /** 0 up to, not including, 1. */
  random(): number;
}

/** Whether it is this run's turn, whether it must wait, or whether a newer load has made it superfluous. */
export interface TurnAnswer {
  readonly turn: 'mine' | 'wait' | 'superseded';
  readonly waitSeconds: number;
  readonly reason: string;
}

/**
 * Seconds of the shortest pause between two questions. All runs of an account share the small quotas of the lists, so
 * a run asks less often the longer it waits.
 */
const SHORTEST_WAIT_SECONDS = 30;
const LONGEST_WAIT_SECONDS = 300;
const WAIT_SHARE = 0.1;

/** The longest that a statement may outlive its run: the Data API ends it after a day, and Redshift may have queued it. */
const STATEMENT_MS = 2 * 86_400_000;

/**
 * Tells a run whether it is its turn. One run of a pipeline works at a time, and the next one also waits while a
 * statement of an earlier one is running. A run with a newer load ahead of it is superseded: it ends without doing
 * anything. AWS's lists can lag, so this only gives order; the fence makes sure that a load is applied once.
 * @throws ServiceUnavailable, RedshiftUnavailable when AWS does not answer: the state is retried
 */
export async function takeTurn(context: TurnContext, request: TurnRequest): Promise<TurnAnswer> {
  const [newer, runs] = await Promise.all([
    findNewerLoad(context.dms, request.load),
    findRuns(context, request),
  ]);
  if (newer !== undefined) return { turn: 'superseded', waitSeconds: 0, reason: newer };
  const blocker =
    (await findRunAhead(context, request, runs.running)) ??
    (runs.mayHaveStatements ? await findLivingStatement(context, request) : undefined);
  if (blocker === undefined) return { turn: 'mine', waitSeconds: 0, reason: 'no other run is ahead' };
  return { turn: 'wait', waitSeconds: waitSeconds(context, request), reason: blocker };
}

function waitSeconds({ clock, random }: TurnContext, { execution }: TurnRequest): number {
  const waited = (clock.now() - Date.parse(execution.redrivenAt ?? execution.startedAt)) / 1000;
  const pause = Math.min(LONGEST_WAIT_SECONDS, Math.max(SHORTEST_WAIT_SECONDS, waited * WAIT_SHARE));
  return Math.ceil(pause * (1 + random() / 2));
}

/**
 * The runs that are running, and whether another one may have left a statement in the warehouse. A run that succeeded has
 * left none, and the Data API ends a statement after a day. So most runs need no ListStatements, of which an account
 * has three a second.
 */
async function findRuns({ sfn, clock }: TurnContext, { execution }: TurnRequest) {
  const machine = stateMachineArnOfExecution(execution.arn);
  const { executions, areAll } = await listNewest(sfn, machine);
  // A run that is not among the newest may have been redriven.
  const running = areAll
    ? executions.filter(({ status }) => status === 'RUNNING')
    : await Array.fromAsync(listExecutions(sfn, machine, 'RUNNING'));
  const since = clock.now() - STATEMENT_MS;
  const mayHaveStatements =
    !areAll ||
    executions.some(
      ({ arn, status, endedAt }) =>
        arn !== execution.arn && status !== 'SUCCEEDED' && (endedAt?.getTime() ?? since) >= since,
    );
  return { running, mayHaveStatements };
}

/**
 * The list may still show an execution as running that has ended. Such an execution must not block, so its status is
 * asked.
 */
async function findRunAhead(
  { sfn }: TurnContext,
  { execution }: TurnRequest,
  running: readonly ListedExecution[],
): Promise<string | undefined> {
  const ahead = runAhead(running, execution.arn, new Date(execution.redrivenAt ?? execution.startedAt));
  if (ahead === undefined) return undefined;
  const now = await describeExecution(sfn, ahead.arn);
  return now?.status === 'RUNNING' ? `run ${ahead.name} is ahead` : undefined;
}

async function findLivingStatement(
  { api, sfn }: TurnContext,
  { execution, steps }: TurnRequest,
): Promise<string | undefined> {
  const machine = stateMachineArnOfExecution(execution.arn);
  const ownName = arnName(execution.arn);
  for (const { id, executionName, executionArn, step } of await findRunning(api)) {
    if (executionName === ownName) continue;
    // Another pipeline may have a step of the same name, and a run of an older definition may have other steps.
    const arn = executionArnOf(machine, executionName);
    if (executionArn === undefined ? !steps.includes(step) : executionArn !== arn) continue;
    const isOurs = (await describeExecution(sfn, arn)) !== undefined;
    if (isOurs) return `statement ${id} of run ${executionName} is still running`;
  }
  return undefined;
}

type InLine = Pick<ListedExecution, 'arn' | 'name' | 'since'>;

/**
 * The run that another one must wait for, or undefined when none is ahead. Runs go in the order in which they were
 * started or last redriven; names break ties. So a redriven run waits for all that were running when it was redriven,
 * and never works beside them.
 */
export function runAhead(running: readonly InLine[], executionArn: string, since: Date): InLine | undefined {
  const name = arnName(executionArn);
  return running
    .filter((other) => other.arn !== executionArn)
    .filter(
      (other) => other.since < since || (other.since.getTime() === since.getTime() && other.name < name),
    )
    .toSorted((a, b) => a.since.getTime() - b.since.getTime())[0];
}
