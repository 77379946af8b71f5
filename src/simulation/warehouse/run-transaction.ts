import type { Clock } from '../../clock.ts';
import type { ModelWarehouse, StepEffect } from './warehouse.ts';

/** A load that a step's fence table has on record. */
export interface FenceEntry {
  readonly loadId: string;
  /** ISO 8601. */
  readonly loadStartedAt: string;
}

/** Arguments of elt.sp_fence. */
export interface FenceCall {
  readonly fence_table: string;
  readonly load_id: string;
  readonly load_started_at: string;
  /** `schema.table=rows`, comma between. */
  readonly staged_rows: string;
}

/**
 * What elt.sp_fence raises, or undefined when it records the load: the same rules in the same order.
 * @param rowsOf rows of a staged table as the transaction sees it
 */
export function judgeFence(
  entries: readonly FenceEntry[],
  call: FenceCall,
  rowsOf: (table: string) => number,
): string | undefined {
  const fence = `elt.${call.fence_table}`;
  if (entries.some(({ loadId }) => loadId === call.load_id))
    return `ELT_DONE: load ${call.load_id} is recorded in ${fence}`;
  if (entries.some(({ loadStartedAt }) => loadStartedAt > call.load_started_at))
    return `ELT_STALE: a newer load than ${call.load_id} is recorded in ${fence}`;
  for (const entry of call.staged_rows.split(',')) {
    if (entry === 'none') break;
    const [table = '', rows] = entry.split('=');
    const found = rowsOf(table);
    if (String(found) !== rows)
      return `ELT_STAGING: ${table} has ${found} rows, which are not those of load ${call.load_id}`;
  }
  return undefined;
}

/** A statement that ended FAILED, with Redshift's text. */
export class SqlFailure extends Error {
  override readonly name = 'SqlFailure';
  /** Which statement of a batch failed, counted from 1. */
  readonly part: number;

  constructor(message: string, part: number) {
    super(message);
    this.part = part;
  }
}

/** Where they stand in a step's batch: LOCK, fence, procedure. */
const FENCE_PART = 2;
const PROCEDURE_PART = 3;

/** How a transaction goes. */
export interface TransactionCourse {
  /** Of the procedure. */
  readonly durationMs: number;
  /** Text of an error before the procedure has done anything, if there is one. */
  readonly failure?: string | undefined;
  /** Text of an error that is told although the commit has happened. */
  readonly failureAfterCommit?: string | undefined;
}

/** Ways in which a defective fence can be looser than the real one. */
export interface FenceRules {
  readonly isFenced: boolean;
  readonly countsStaging: boolean;
}

export const REAL_FENCE: FenceRules = { isFenced: true, countsStaging: true };

export interface Transaction {
  readonly statementId: string;
  readonly call: FenceCall & { readonly execution: string };
  readonly course: TransactionCourse;
  readonly rules: FenceRules;
  /** Aborted when the statement is cancelled. */
  readonly signal: AbortSignal;
  /** In whose name locks are held. */
  readonly owner: object;
}

/**
 * LOCK, fence, procedure, commit. Locks stay held until the caller releases them in the owner's name: a rollback takes
 * its time.
 * @throws SqlFailure, or the signal's reason
 */
export async function runTransaction(
  { warehouse, clock }: { readonly warehouse: ModelWarehouse; readonly clock: Clock },
  transaction: Transaction,
): Promise<void> {
  const { call, course, rules, signal, owner } = transaction;
  const { locks } = warehouse;
  if (rules.isFenced) await locks.acquire(call.fence_table, 'exclusive', owner, signal);
  const tables = call.staged_rows.split(',').map((entry) => entry.split('=')[0] ?? '');
  for (const table of tables) await locks.acquire(table, 'shared', owner, signal);
  // Locks first, then the snapshot.
  const snapshotAt = clock.now();
  const staged = tables.map((table) => ({ ...warehouse.table(table) }));
  const refusal = rules.isFenced ? refuse(warehouse, call, rules, staged) : undefined;
  if (refusal !== undefined) throw new SqlFailure(refusal, FENCE_PART);
  await clock.sleep(course.durationMs, signal);
  if (course.failure !== undefined) throw new SqlFailure(course.failure, PROCEDURE_PART);
  const effect: StepEffect = {
    fenceTable: call.fence_table,
    loadId: call.load_id,
    execution: call.execution,
    statementId: transaction.statementId,
    snapshotAt,
    committedAt: clock.now(),
    staged,
  };
  warehouse.commit(effect, { loadId: call.load_id, loadStartedAt: call.load_started_at });
  if (course.failureAfterCommit !== undefined)
    throw new SqlFailure(course.failureAfterCommit, PROCEDURE_PART);
}

function refuse(
  warehouse: ModelWarehouse,
  call: FenceCall,
  { countsStaging }: FenceRules,
  staged: StepEffect['staged'],
): string | undefined {
  const staging = (table: string) => staged.find(({ name }) => name === table)?.rows ?? 0;
  const rowsOf = countsStaging ? staging : (table: string) => verifiedRows(call, table);
  return judgeFence(warehouse.fenceOf(call.fence_table), call, rowsOf);
}

function verifiedRows({ staged_rows }: FenceCall, table: string): number {
  const entry = staged_rows.split(',').find((part) => part.startsWith(`${table}=`));
  return Number(entry?.split('=')[1] ?? 0);
}
