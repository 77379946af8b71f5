import type { FenceEntry } from './fence.ts';
import { createTableLocks, type TableLocks } from './table-locks.ts';

/** A table of staging: what DMS has put into it so far. */
export interface ModelTable {
  readonly name: string;
  /** When the load began that emptied it last, epoch milliseconds; 0 before the first. */
  filledBy: number;
  rows: number;
  /** All rows of the load are there. */
  isComplete: boolean;
}

function createModelTable(name: string): ModelTable {
  return { name, filledBy: 0, rows: 0, isComplete: false };
}

/** What a procedure of a step's transaction has done to production when it committed. */
export interface StepEffect {
  readonly fenceTable: string;
  readonly procedure: string;
  readonly loadId: string;
  readonly execution: string;
  readonly statementId: string;
  /** Epoch milliseconds of the transaction's snapshot and of its commit. */
  readonly snapshotAt: number;
  readonly committedAt: number;
  /** Staging as the transaction saw it. */
  readonly staged: readonly Readonly<ModelTable>[];
  /** Audits of the transaction that must not pass, and found wrong rows in what it has done. */
  readonly failedAudits: readonly string[];
}

/** A row of a step's table of audits. */
export interface AuditFinding {
  /** Name of that table, without its schema. */
  readonly table: string;
  readonly loadId: string;
  readonly audit: string;
  readonly severity: 'fail' | 'warn';
  readonly wrongRows: number;
}

/** Rows that an audit finds wrong in what a load brings, until somebody repairs them. */
export interface WrongRows {
  count(table: string, audit: string, loadId: string): number;
  spoil(table: string, audit: string, loadId: string, rows: number): void;
  /** Repairs all that a load has brought. */
  repair(loadId: string): void;
}

/** A warehouse without a database: staged tables, fence tables, locks, and lists of what was done and found. */
export interface ModelWarehouse {
  readonly locks: TableLocks;
  readonly effects: readonly StepEffect[];
  readonly findings: readonly AuditFinding[];
  readonly wrongRows: WrongRows;
  table(name: string): ModelTable;
  fenceOf(table: string): readonly FenceEntry[];
  commit(done: Committed): void;
}

/** What a transaction leaves. */
export interface Committed {
  readonly effects: readonly StepEffect[];
  readonly findings?: readonly AuditFinding[];
  /** The load that goes on record, and where. */
  readonly fence?: FenceEntry & { readonly table: string };
}

/** @see ModelWarehouse */
export function createModelWarehouse(): ModelWarehouse {
  const tables = new Map<string, ModelTable>();
  const fences = new Map<string, FenceEntry[]>();
  const effects: StepEffect[] = [];
  const findings: AuditFinding[] = [];
  return {
    locks: createTableLocks(),
    effects,
    findings,
    wrongRows: createWrongRows(),
    table(name) {
      const known = tables.get(name) ?? createModelTable(name);
      tables.set(name, known);
      return known;
    },
    fenceOf: (table) => fences.get(table) ?? [],
    commit({ effects: done, findings: found = [], fence }) {
      effects.push(...done);
      findings.push(...found);
      if (fence === undefined) return;
      const { table, ...entry } = fence;
      fences.set(table, [...(fences.get(table) ?? []), entry]);
    },
  };
}

function createWrongRows(): WrongRows {
  const byLoad = new Map<string, Map<string, number>>();
  return {
    count: (table, audit, loadId) => byLoad.get(loadId)?.get(`${table} ${audit}`) ?? 0,
    spoil(table, audit, loadId, rows) {
      const wrong = byLoad.get(loadId) ?? new Map();
      byLoad.set(loadId, wrong.set(`${table} ${audit}`, rows));
    },
    repair: (loadId) => void byLoad.delete(loadId),
  };
}
