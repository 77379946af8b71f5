import type { Clock } from '../../clock.ts';
import { lengthOf } from '../../local/parts.ts';
import type { Faults } from '../faults.ts';
import type { RandomStream } from '../random-stream.ts';
import type { ModelStatement, StatementStatus } from './model-statement.ts';
import {
  runTransaction,
  SqlFailure,
  type Transaction,
  type TransactionCourse,
  type TransactionRules,
} from './run-transaction.ts';
import { type ModelAudit, readStepWork, type StepWork } from './step-work.ts';
import type { ModelWarehouse } from './warehouse.ts';

export interface StatementContext {
  readonly warehouse: ModelWarehouse;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly random: RandomStream;
  readonly rules: TransactionRules;
  log(line: string): void;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const QUERY_MS = 400;

/** Runs a statement from SUBMITTED to its end. @throws TypeError for a step of which the model knows nothing */
export async function runStatement(context: StatementContext, statement: ModelStatement): Promise<void> {
  const { clock, warehouse } = context;
  const move = (status: StatementStatus) => {
    statement.course.push({ at: clock.now(), status });
    context.log(`statement ${statement.name} ${status} ${statement.error ?? ''}`);
  };
  const isStep = statement.parameters.fence_table !== undefined;
  const step = isStep ? readStepWork(statement.sqls, statement.parameters) : undefined;
  await clock.sleep(queueMs(context, statement));
  statement.startedAt = clock.now();
  move('STARTED');
  const owner = {};
  try {
    if (step === undefined) await query(context, statement);
    else await takeStep(context, statement, step, owner);
    move('FINISHED');
  } catch (error) {
    await clock.sleep(rollbackMs(context, statement));
    if (error instanceof SqlFailure) statement.error = errorText(statement, error);
    move(error instanceof SqlFailure ? 'FAILED' : 'ABORTED');
  }
  warehouse.locks.release(owner);
  statement.ended.resolve();
}

/** A batch's own text names the statement that failed. */
function errorText({ sqls }: ModelStatement, { message, part }: SqlFailure): string {
  return sqls.length === 1 ? `ERROR: ${message}` : `Query #${part} failed with ERROR: ${message}`;
}

function queueMs({ faults, random }: StatementContext, { name }: ModelStatement): number {
  const stuck = faults.strike(['stuck-submitted'], name);
  return stuck === undefined ? random.whole(50, 900) : lengthOf(stuck, 5 * SECOND_MS, 20 * MINUTE_MS);
}

function rollbackMs({ faults }: StatementContext, { name }: ModelStatement): number {
  const slow = faults.strike(['slow-rollback'], name);
  return slow === undefined ? 100 : lengthOf(slow, 5 * SECOND_MS, 15 * MINUTE_MS);
}

async function query(
  { clock, faults, warehouse }: StatementContext,
  statement: ModelStatement,
): Promise<void> {
  const { parameters, name, sqls, cancelled } = statement;
  await clock.sleep(QUERY_MS, cancelled.signal);
  const lost = faults.strike(['connection-lost-before'], name);
  if (lost !== undefined) throw new SqlFailure(CONNECTION_LOST, 1);
  statement.rows = answer(warehouse, sqls[0] ?? '', parameters);
}

async function takeStep(
  context: StatementContext,
  { id, name, parameters, cancelled: { signal } }: ModelStatement,
  work: StepWork,
  owner: object,
): Promise<void> {
  const call = parameters as unknown as Transaction['call'];
  const course = planCourse(context, name);
  maySpoil(context, name, { ...work, loadId: call.load_id });
  const { rules } = context;
  await runTransaction(context, { statementId: id, call, work, course, rules, signal, owner });
}

function planCourse({ faults, random }: StatementContext, name: string): TransactionCourse {
  const slow = faults.strike(['slow-statement'], name);
  const durationMs =
    slow === undefined ? random.whole(2, 120) * SECOND_MS : lengthOf(slow, 10 * MINUTE_MS, 200 * MINUTE_MS);
  const kind = faults.strike(
    ['sql-conflict', 'sql-failure', 'connection-lost-before', 'connection-lost-after'],
    name,
  )?.kind;
  if (kind === 'connection-lost-after') return { durationMs, failureAfterCommit: CONNECTION_LOST };
  if (kind === 'connection-lost-before') return { durationMs, failure: CONNECTION_LOST };
  if (kind === 'sql-conflict') return { durationMs, failure: CONFLICT };
  if (kind === 'sql-failure') return { durationMs, failure: 'Divide by zero' };
  return { durationMs };
}

/** What a load has brought may be wrong for one of the audits: it stays so until somebody repairs it. */
function maySpoil(
  { faults, warehouse }: StatementContext,
  name: string,
  { audits, loadId }: { readonly audits: readonly ModelAudit[]; readonly loadId: string },
): void {
  const strike = audits.length === 0 ? undefined : faults.strike(['wrong-rows'], name);
  if (strike === undefined) return;
  const audit = audits[Math.floor(strike.amount * audits.length)] as ModelAudit;
  warehouse.wrongRows.spoil(audit.table, audit.name, loadId, Math.ceil(lengthOf(strike, 1, 5_000)));
}

const CONNECTION_LOST = 'An I/O error occurred while sending to the backend.';
const CONFLICT =
  '1023 DETAIL: Serializable isolation violation on table - 100, transactions forming the cycle are: 1, 2';

const COUNTED = /SELECT '([^']+)' AS staged_table/g;
const AUDITED = /SELECT CAST\('([^']+)' AS varchar\(127\)\) AS step, [^']*? FROM elt\.(\w+)/g;

/** Rows of staged tables, or findings of audits. Any other query, as that for the shape of tables, finds nothing. */
function answer(
  { table, findings }: ModelWarehouse,
  sql: string,
  { load_id }: ModelStatement['parameters'],
): NonNullable<ModelStatement['rows']> {
  const counts = [...sql.matchAll(COUNTED)].map(([, name = '']) => [name, table(name).rows]);
  const found = [...sql.matchAll(AUDITED)].flatMap(([, step = '', audits = '']) =>
    findings
      .filter((finding) => finding.table === audits && finding.loadId === load_id)
      .map(({ audit, severity, wrongRows }) => [step, audit, severity, wrongRows, null, null]),
  );
  return [...counts, ...found.toSorted((a, b) => (`${a}` < `${b}` ? -1 : 1))];
}
