import type { Clock } from '../../clock.ts';
import { lengthOf } from '../../local/parts.ts';
import type { Faults } from '../faults.ts';
import type { RandomStream } from '../random-stream.ts';
import type { ModelStatement, StatementStatus } from './model-statement.ts';
import { type FenceRules, runTransaction, SqlFailure, type TransactionCourse } from './run-transaction.ts';
import type { ModelWarehouse } from './warehouse.ts';

export interface StatementContext {
  readonly warehouse: ModelWarehouse;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly random: RandomStream;
  readonly rules: FenceRules;
  log(line: string): void;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const COUNT_MS = 400;

/** Runs a statement from SUBMITTED to its end. Never rejects. */
export async function runStatement(context: StatementContext, statement: ModelStatement): Promise<void> {
  const { clock, warehouse } = context;
  const move = (status: StatementStatus) => {
    statement.course.push({ at: clock.now(), status });
    context.log(`statement ${statement.name} ${status} ${statement.error ?? ''}`);
  };
  await clock.sleep(queueMs(context, statement));
  statement.startedAt = clock.now();
  move('STARTED');
  const owner = {};
  try {
    await work(context, statement, owner);
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

async function work(context: StatementContext, statement: ModelStatement, owner: object): Promise<void> {
  const { signal } = statement.cancelled;
  const { parameters, name, sqls, id } = statement;
  if (parameters.fence_table === undefined) {
    await context.clock.sleep(COUNT_MS, signal);
    const lost = context.faults.strike(['connection-lost-before'], name);
    if (lost !== undefined) throw new SqlFailure(CONNECTION_LOST, 1);
    statement.counts = countStaged(context.warehouse, sqls[0] ?? '');
    return;
  }
  const call = parameters as unknown as Parameters<typeof runTransaction>[1]['call'];
  const course = planCourse(context, name);
  await runTransaction(context, { statementId: id, call, course, rules: context.rules, signal, owner });
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

const CONNECTION_LOST = 'An I/O error occurred while sending to the backend.';
const CONFLICT =
  '1023 DETAIL: Serializable isolation violation on table - 100, transactions forming the cycle are: 1, 2';

const COUNTED = /SELECT '([^']+)' AS staged_table/g;

function countStaged(warehouse: ModelWarehouse, sql: string): NonNullable<ModelStatement['counts']> {
  return [...sql.matchAll(COUNTED)].map(([, table = '']) => [table, warehouse.table(table).rows] as const);
}
