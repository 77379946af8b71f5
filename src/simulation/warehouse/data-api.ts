import { AwsError } from '../../local/parts.ts';
import {
  describe,
  isAlive,
  listItem,
  type ModelStatement,
  type StatementStatus,
  statusAt,
  statusOf,
} from './model-statement.ts';
import { runStatement, type StatementContext } from './run-statement.ts';

export interface ModelSubmission {
  readonly StatementName: string;
  readonly ClientToken: string;
  readonly Sqls?: readonly string[];
  readonly Sql?: string;
  readonly Parameters?: readonly { readonly name: string; readonly value: string }[];
  readonly WaitTimeSeconds?: number;
}

/** The Data API's operations as functions of their input; answers are as on the wire. */
export interface DataApiModel {
  readonly statements: ReadonlyMap<string, ModelStatement>;
  submit(input: ModelSubmission): Promise<object>;
  describe(input: { readonly Id: string; readonly WaitTimeSeconds?: number }): Promise<object>;
  cancel(input: { readonly Id: string }): object;
  /** @param asOf the list as it was then, epoch milliseconds */
  list(input: { readonly Status?: string; readonly StatementName?: string }, asOf: number): object;
  result(input: { readonly Id: string }): object;
}

/** Called before a statement is accepted, with those of the same name that are remembered. */
export type SubmissionObserver = (input: ModelSubmission, sameName: readonly ModelStatement[]) => void;

const HOUR_MS = 3_600_000;
const TOKEN_MS = 8 * HOUR_MS;
const RETENTION_MS = 24 * HOUR_MS;

/** @see DataApiModel */
export function createDataApiModel(
  context: StatementContext,
  onSubmission: SubmissionObserver,
): DataApiModel {
  const { clock } = context;
  const statements = new Map<string, ModelStatement>();
  const byToken = new Map<string, ModelStatement>();
  const alive = new Set<ModelStatement>();

  const find = (id: string): ModelStatement => {
    const statement = statements.get(id.split(':')[0] ?? '');
    if (statement === undefined) throw new AwsError('ResourceNotFoundException', 'Query does not exist.');
    if (clock.now() - statement.createdAt > RETENTION_MS)
      throw new AwsError('ValidationException', `Query ${id} has expired.`);
    return statement;
  };
  const accept = (input: ModelSubmission): ModelStatement => {
    const known = byToken.get(input.ClientToken);
    if (known !== undefined && clock.now() - known.createdAt < TOKEN_MS) return known;
    onSubmission(input, remembered(statements, input.StatementName, clock.now()));
    const statement = newStatement(input, statements.size + 1, clock.now());
    statements.set(statement.id, statement);
    byToken.set(input.ClientToken, statement);
    alive.add(statement);
    void runStatement(context, statement).then(() => alive.delete(statement));
    return statement;
  };
  const waitFor = async (statement: ModelStatement, seconds: number | undefined): Promise<void> => {
    if (seconds === undefined || !isAlive(statement)) return;
    if (statement.hasWaiter)
      throw new AwsError('ActiveWaitingRequestsExceededException', 'Too many waiters.');
    statement.hasWaiter = true;
    const over = new AbortController();
    const timer = clock.sleep(seconds * 1000, over.signal).catch(() => {});
    await Promise.race([statement.ended.promise, timer]);
    over.abort(ANSWERED);
    statement.hasWaiter = false;
  };

  return {
    statements,
    async submit(input) {
      const statement = accept(input);
      const accepted = { Id: statement.id, CreatedAt: statement.createdAt / 1000 };
      if (input.WaitTimeSeconds === undefined) return accepted;
      if (!statement.hasWaiter) await waitFor(statement, input.WaitTimeSeconds);
      return { ...accepted, Status: statusOf(statement) };
    },
    async describe({ Id, WaitTimeSeconds }) {
      const statement = find(Id);
      await waitFor(statement, WaitTimeSeconds);
      return describe(statement, clock.now());
    },
    cancel({ Id }) {
      const statement = find(Id);
      if (!isAlive(statement))
        throw new AwsError(
          'ValidationException',
          `Could not cancel a query in ${statusOf(statement)} state.`,
        );
      if (statusOf(statement) !== 'STARTED') return { Status: false };
      statement.cancelled.abort(new Error('cancelled'));
      return { Status: true };
    },
    list({ Status = 'FINISHED', StatementName = '' }, asOf) {
      const oldest = clock.now() - RETENTION_MS;
      // Most lists ask for what runs now.
      const isOfNow =
        asOf === clock.now() && (Status === 'STARTED' || Status === 'SUBMITTED' || Status === 'PICKED');
      const candidates = [...(isOfNow ? alive : statements.values())].filter(
        ({ name, createdAt }) => createdAt > oldest && name.startsWith(StatementName),
      );
      return { Statements: candidates.toReversed().flatMap((statement) => listed(statement, Status, asOf)) };
    },
    result: ({ Id }) => {
      const statement = find(Id);
      const { rows } = statement;
      if (rows === undefined || statusOf(statement) !== 'FINISHED')
        throw new AwsError('ResourceNotFoundException', 'Query does not have result.');
      return { Records: rows.map((row) => row.map(toField)) };
    },
  };
}

function toField(value: string | number | null): object {
  if (value === null) return { isNull: true };
  return typeof value === 'number' ? { longValue: value } : { stringValue: value };
}

const ANSWERED = new Error('the statement has ended');

/** The statement as a list of that moment shows it; what it leaves out is noted. */
function listed(statement: ModelStatement, filter: string, asOf: number): readonly object[] {
  const status: StatementStatus | undefined = statusAt(statement, asOf);
  if (status === undefined && filter === 'ALL') statement.wasHidden = true;
  if (status === undefined || (filter !== 'ALL' && filter !== status)) return [];
  return [listItem(statement, status)];
}

function remembered(
  statements: ReadonlyMap<string, ModelStatement>,
  name: string,
  now: number,
): readonly ModelStatement[] {
  return [...statements.values()].filter(
    (statement) => statement.name === name && now - statement.createdAt < RETENTION_MS,
  );
}

function newStatement(input: ModelSubmission, number: number, now: number): ModelStatement {
  const parameters = Object.fromEntries((input.Parameters ?? []).map(({ name, value }) => [name, value]));
  const suffix = String(number).padStart(12, '0');
  return {
    id: `00000000-0000-4000-8000-${suffix}`,
    name: input.StatementName,
    token: input.ClientToken,
    sqls: input.Sqls ?? [input.Sql ?? ''],
    parameters,
    createdAt: now,
    course: [{ at: now, status: 'SUBMITTED' }],
    cancelled: new AbortController(),
    ended: Promise.withResolvers(),
    hasWaiter: false,
    wasHidden: false,
  };
}
