import { ExecuteStatementCommand } from '@aws-sdk/client-redshift-data';
import { type Admission, untilAdmitted } from '../aws-errors/until-admitted.ts';
import { toTypedError } from '../data-api/api-error.ts';
import { createAskForEnd, untilEnded } from '../data-api/ask-for-end.ts';
import type { DataApi, Description } from '../data-api/describe.ts';
import { clientToken, statementName } from '../data-api/identity.ts';
import { type ResultValue, readRows } from '../data-api/result.ts';
import { type Target, toTargetRequest } from '../data-api/target.ts';
import { RedshiftUnavailable } from '../errors/errors.ts';
import { type FailureClass, RETRIED_BY_DEFAULT } from '../steps/failure-class.ts';
import { decide } from './decide.ts';
import { toStatementError } from './failure/failure.ts';
import { pauseSeconds } from './failure/pause.ts';
import type { Policy } from './step-request.ts';

/** The run that a query is for. */
export interface QueryRequest {
  readonly pipeline: string;
  readonly target: Target;
  readonly execution: { readonly arn: string; readonly name: string; readonly redriveCount: number };
}

export interface QueryContext extends Admission {
  readonly api: DataApi;
}

/** Less than the reserve: a long poll, or the pause instead of it, may begin only while more time than that is left. */
const POLL_SECONDS = 20;
const RESERVE_MS = 30_000;

/** Longer pauses are made by the state machine, where no function has to be paid for them. */
const LONGEST_SLEEP_MS = 20_000;

/** The default retry policy of a step. The retries of the state limit how long it takes in all. */
const POLICY: Policy = {
  timeoutSeconds: Number.MAX_SAFE_INTEGER,
  attempts: 4,
  retryOn: [...RETRIED_BY_DEFAULT],
  commits: false,
};

/** A query that is run to its end. */
export interface Query {
  /** What takes the place of a step's name in the statement's name. */
  readonly state: string;
  readonly sql: string;
  /** What it does, for messages: `counting staged rows`. */
  readonly what: string;
  /** Values of its `:name` placeholders. */
  readonly parameters?: readonly { readonly name: string; readonly value: string }[];
}

/**
 * Runs a query to its end. If it fails by a temporary cause, it is submitted again, with the attempts and pauses of a step. Nothing
 * of that is recorded: when the state is retried, the same attempts are submitted under the same tokens, the Data API answers how
 * each ended, and the query goes on from there.
 * @returns how it ended
 * @throws RedshiftUnavailable while it runs, or before another attempt: when retried, it goes on
 * @throws StatementFailed, StatementAborted, StatementLost, InvalidConfig
 */
export async function runQuery(
  context: QueryContext,
  request: QueryRequest,
  query: Query,
): Promise<Description> {
  for (let retries = 0; ; retries += 1) {
    const submitted = await submit(context, request, query, retries);
    const end = submitted.status === 'FINISHED' ? submitted : await awaitQuery(context, query, submitted.id);
    const life = { redriveCount: 0, redriveSeen: 0 };
    const decision = decide({ statement: end, policy: POLICY, ageMs: 0, timedOut: false, retries, ...life });
    if (decision.kind === 'done') return end;
    if (decision.kind === 'fail') throw queryFailed(request, query, end, decision.failure);
    if (decision.kind === 'resubmit')
      await pause(context, query, end, pauseSeconds(decision.failure, retries, context.random()));
  }
}

/** Runs a query to its end, as {@link runQuery}, and reads its rows. */
export async function queryRows(
  context: QueryContext,
  request: QueryRequest,
  query: Query,
): Promise<readonly (readonly ResultValue[])[]> {
  const { id } = await runQuery(context, request, query);
  return readRows(context.api, id);
}

async function awaitQuery(context: QueryContext, { what }: Query, id: string): Promise<Description> {
  return untilEnded(createAskForEnd(context), id, POLL_SECONDS, () => {
    // When it is called again, the same token finds the same statement.
    if (context.remainingMs() < RESERVE_MS)
      throw new RedshiftUnavailable(`${what}: statement ${id} is still running`);
  });
}

/** Waits for what is left of a pause that began when the statement ended. */
async function pause(
  { clock, remainingMs }: QueryContext,
  { what }: Query,
  end: Description,
  seconds: number,
): Promise<void> {
  const now = clock.now();
  const left = (end.updatedAt?.getTime() ?? now) + seconds * 1000 - now;
  if (left <= 0) return;
  if (left > Math.min(LONGEST_SLEEP_MS, remainingMs() - RESERVE_MS)) {
    throw new RedshiftUnavailable(`${what}: statement ${end.id} failed: ${end.error}`);
  }
  await clock.sleep(left);
}

/** Each redrive asks again: what was found before may have changed. The answer comes when the query ends, or after the time of a poll. */
async function submit(
  context: QueryContext,
  { target, execution }: QueryRequest,
  { state, sql, parameters, what }: Query,
  retries: number,
): Promise<Description> {
  const attempt = execution.redriveCount * POLICY.attempts + retries + 1;
  const key = { executionArn: execution.arn, executionName: execution.name, step: state, attempt };
  const command = new ExecuteStatementCommand({
    ...toTargetRequest(target),
    Sql: sql,
    ...(parameters && { Parameters: [...parameters] }),
    StatementName: statementName(key),
    ClientToken: clientToken(key),
    // Most queries of this kind have ended by then.
    ...(context.remainingMs() < RESERVE_MS ? {} : { WaitTimeSeconds: POLL_SECONDS }),
  });
  const { Id = '', Status = 'SUBMITTED' } = await untilAdmitted(context, RESERVE_MS, () =>
    context.api.send(command),
  ).catch((error: unknown) => {
    throw toTypedError(what, error);
  });
  return { id: Id, status: Status, redshiftQueryId: -1 };
}

function queryFailed(
  { pipeline }: QueryRequest,
  { state, sql }: Query,
  description: Description,
  failure: FailureClass,
): Error {
  const request = { pipeline, step: state, sqls: [sql], policy: POLICY };
  return toStatementError(request, description, { failure });
}
