import type { FenceEntry } from './fence.ts';
import { createStagedTable, type StagedTable } from './staged-table.ts';
import { createTableLocks, type TableLocks } from './table-locks.ts';

/** What a step's transaction has done to production when it committed. */
export interface Effect {
  readonly fenceTable: string;
  readonly loadId: string;
  readonly execution: string;
  readonly statementId: string;
  /** Epoch milliseconds of the transaction's snapshot and of its commit. */
  readonly snapshotAt: number;
  readonly committedAt: number;
  /** Staging as the transaction saw it. */
  readonly staged: readonly Readonly<StagedTable>[];
}

/** A warehouse without a database: staged tables, fence tables, locks, and a list of what was done. */
export interface ModelWarehouse {
  readonly locks: TableLocks;
  readonly effects: readonly Effect[];
  table(name: string): StagedTable;
  fenceOf(table: string): readonly FenceEntry[];
  commit(effect: Effect, entry: FenceEntry): void;
}

/** @see ModelWarehouse */
export function createWarehouse(): ModelWarehouse {
  const tables = new Map<string, StagedTable>();
  const fences = new Map<string, FenceEntry[]>();
  const effects: Effect[] = [];
  return {
    locks: createTableLocks(),
    effects,
    table(name) {
      const known = tables.get(name) ?? createStagedTable(name);
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
