import type { Clock } from '../../clock.ts';
import { type FenceCall, judgeFence } from './fence.ts';
import { failedAudits, judgeAudits, runAudits, type StepWork } from './step-work.ts';
import type { ModelWarehouse, StepEffect } from './warehouse.ts';

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

/** Ways in which a defective transaction can be looser than the real one. */
export interface TransactionRules {
  readonly isFenced: boolean;
  readonly countsStaging: boolean;
  /** Audits are judged before the commit, which their failure prevents. */
  readonly auditsFirst: boolean;
  /** What all procedures have done is seen at the commit, not as each of them ends. */
  readonly isTogether: boolean;
}

export const REAL_TRANSACTION: TransactionRules = {
  isFenced: true,
  countsStaging: true,
  auditsFirst: true,
  isTogether: true,
};

export interface Transaction {
  readonly statementId: string;
  readonly call: FenceCall & { readonly execution: string };
  readonly work: StepWork;
  readonly course: TransactionCourse;
  readonly rules: TransactionRules;
  /** Aborted when the statement is cancelled. */
  readonly signal: AbortSignal;
  /** In whose name locks are held. */
  readonly owner: object;
}

/** What a transaction stands on. */
interface Ground {
  readonly warehouse: ModelWarehouse;
  readonly clock: Clock;
}

/**
 * LOCK, fence, procedures, audits, commit. Locks stay held until the caller releases them in the owner's name: a rollback
 * takes its time.
 * @throws SqlFailure, or the signal's reason
 */
export async function runTransaction(ground: Ground, transaction: Transaction): Promise<void> {
  const { warehouse, clock } = ground;
  const { call, rules, signal, owner } = transaction;
  const { locks } = warehouse;
  if (rules.isFenced) await locks.acquire(call.fence_table, 'exclusive', owner, signal);
  const tables = call.staged_rows.split(',').map((entry) => entry.split('=')[0] ?? '');
  for (const table of tables) await locks.acquire(table, 'shared', owner, signal);
  // Locks first, then the snapshot.
  const snapshotAt = clock.now();
  const staged = tables.map((table) => ({ ...warehouse.table(table) }));
  const refusal = rules.isFenced ? refuse(warehouse, call, rules, staged) : undefined;
  if (refusal !== undefined) throw new SqlFailure(refusal, FENCE_PART);
  await runProcedures(ground, transaction, { snapshotAt, staged });
}

/** What the procedures have read. */
type Snapshot = Pick<StepEffect, 'snapshotAt' | 'staged'>;

async function runProcedures(
  { warehouse, clock }: Ground,
  { statementId, call, work, course, rules, signal }: Transaction,
  snapshot: Snapshot,
): Promise<void> {
  const { fence_table: fenceTable, load_id: loadId, execution } = call;
  const findings = () => runAudits(work.audits, loadId, warehouse.wrongRows);
  const effectOf = (procedure: string): StepEffect => ({
    ...{ fenceTable, procedure, loadId, execution, statementId, ...snapshot },
    ...{ committedAt: clock.now(), failedAudits: failedAudits(findings()) },
  });
  const early = rules.isTogether ? [] : work.procedures.slice(0, -1);
  for (const procedure of work.procedures) {
    await clock.sleep(course.durationMs / work.procedures.length, signal);
    if (early.includes(procedure)) warehouse.commit({ effects: [effectOf(procedure)] });
  }
  if (course.failure !== undefined) throw new SqlFailure(course.failure, PROCEDURE_PART);
  const found = findings();
  const failure = judgeAudits(found, warehouse.fenceOf(fenceTable), loadId);
  const auditFailure = failure === undefined ? undefined : new SqlFailure(failure, work.statements);
  if (auditFailure !== undefined && rules.auditsFirst) throw auditFailure;
  warehouse.commit({
    effects: work.procedures.filter((procedure) => !early.includes(procedure)).map(effectOf),
    findings: auditFailure === undefined ? found : [],
    fence: { table: fenceTable, loadId, loadStartedAt: call.load_started_at },
  });
  if (auditFailure !== undefined) throw auditFailure;
  if (course.failureAfterCommit !== undefined)
    throw new SqlFailure(course.failureAfterCommit, PROCEDURE_PART);
}

function refuse(
  warehouse: ModelWarehouse,
  call: FenceCall,
  { countsStaging }: TransactionRules,
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
