import type { FenceEntry } from './run-transaction.ts';
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

/** What a step's transaction has done to production when it committed. */
export interface StepEffect {
  readonly fenceTable: string;
  readonly loadId: string;
  readonly execution: string;
  readonly statementId: string;
  /** Epoch milliseconds of the transaction's snapshot and of its commit. */
  readonly snapshotAt: number;
  readonly committedAt: number;
  /** Staging as the transaction saw it. */
  readonly staged: readonly Readonly<ModelTable>[];
}

/** A warehouse without a database: staged tables, fence tables, locks, and a list of what was done. */
export interface ModelWarehouse {
  readonly locks: TableLocks;
  readonly effects: readonly StepEffect[];
  table(name: string): ModelTable;
  fenceOf(table: string): readonly FenceEntry[];
  commit(effect: StepEffect, entry: FenceEntry): void;
}

/** @see ModelWarehouse */
export function createModelWarehouse(): ModelWarehouse {
  const tables = new Map<string, ModelTable>();
  const fences = new Map<string, FenceEntry[]>();
  const effects: StepEffect[] = [];
  return {
    locks: createTableLocks(),
    effects,
    table(name) {
      const known = tables.get(name) ?? createModelTable(name);
      tables.set(name, known);
      return known;
    },
    fenceOf: (table) => fences.get(table) ?? [],
    commit(effect, entry) {
      effects.push(effect);
      fences.set(effect.fenceTable, [...(fences.get(effect.fenceTable) ?? []), entry]);
    },
  };
}
