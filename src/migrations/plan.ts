import { MigrationFailed } from '../errors/errors.ts';
import { compareVersions } from './file-name.ts';
import type { HistoryEntry, WarehouseState } from './history.ts';
import type { Migration } from './migration.ts';
import type { OwnTables } from './own-tables.ts';

/** The migrations that the warehouse should have. */
export interface Wanted {
  /** The folder's files, in the order of their application. */
  readonly files: readonly Migration[];
  /** Fence tables, tables of audits and their view. */
  readonly own: readonly OwnTables[];
  /** What takes note of what all others have made. */
  readonly last: readonly Migration[];
}

/** How files and warehouse stand to each other. */
export interface ReviewedPlan {
  /** Where the files contradict what is applied, a sentence each. Then nothing may be applied. */
  readonly contradictions: readonly string[];
  /** What is due, in the order of its application. */
  readonly due: readonly Migration[];
}

/**
 * Decides what is due: versions that were never applied, the orchestrator's own tables that are missing or have changed, and
 * repeatables whose content has changed. Own tables come between the two, so that a repeatable may use them.
 * @throws MigrationFailed when the files contradict what is applied: a version was changed, is missing, or comes too
 * late
 */
export function planMigrations(wanted: Wanted, state: WarehouseState): readonly Migration[] {
  const { contradictions, due } = reviewPlan(wanted, state);
  if (contradictions[0] !== undefined) throw new MigrationFailed(contradictions[0]);
  return due;
}

/** The same, with all contradictions beside what is due. */
export function reviewPlan({ files, own, last }: Wanted, state: WarehouseState): ReviewedPlan {
  const versioned = files.filter(({ kind }) => kind === 'versioned');
  const repeatable = files.filter(({ kind }) => kind === 'repeatable');
  const applied = state.entries.filter(({ kind }) => kind === 'versioned');
  const latest = new Map(state.entries.map(({ script, checksum }) => [script, checksum]));
  const isChanged = ({ script, checksum }: Migration) => latest.get(script) !== checksum;
  const isMissing = ({ tables }: OwnTables) => tables.some((table) => !state.tables.has(table));
  return {
    contradictions: [...changedHistory(versioned, applied), ...lateVersions(versioned, applied)],
    due: [
      ...versioned.filter((migration) => find(applied, migration) === undefined),
      ...own.filter((tables) => isChanged(tables) || isMissing(tables)),
      ...repeatable.filter(isChanged),
      ...last.filter(isChanged),
    ],
  };
}

/** Each applied version must still have its file, unchanged. */
function changedHistory(files: readonly Migration[], applied: readonly HistoryEntry[]): readonly string[] {
  return applied.flatMap((entry) => {
    const file = find(files, entry);
    if (file === undefined)
      return [
        `${entry.script}: was applied, but the file is missing now. Bring it back (git log --all -- '*/${entry.script}'), and undo its changes in a new V file`,
      ];
    if (file.script !== entry.script)
      return [
        `${file.script}: version ${entry.version} was applied as ${entry.script}. Rename the file back, or give it another version`,
      ];
    if (file.checksum !== entry.checksum)
      return [
        `${file.script}: was changed after it was applied. Restore it, and put the change into a new V file`,
      ];
    return [];
  });
}

/** A version below an applied one would be applied in another order here than in an empty warehouse. */
function lateVersions(files: readonly Migration[], applied: readonly HistoryEntry[]): readonly string[] {
  const newest = applied.toSorted((a, b) => compareVersions(a.version ?? '', b.version ?? '')).at(-1);
  if (newest === undefined) return [];
  return files
    .filter(
      (file) =>
        find(applied, file) === undefined && compareVersions(file.version ?? '', newest.version ?? '') < 0,
    )
    .map(
      (late) =>
        `${late.script}: its version is below that of ${newest.script}, which is applied. Give it a version above ${newest.version}`,
    );
}

function find<Versioned extends { readonly version?: string }>(
  all: readonly Versioned[],
  { version = '' }: { readonly version?: string },
): Versioned | undefined {
  return all.find((one) => compareVersions(one.version ?? '', version) === 0);
}
