import type { SqlToken } from './sql-tokens.ts';
import { nameAt } from './token-places.ts';

/** A right on a table. */
export type TableRight = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE' | 'TRUNCATE';

/** A text that is being read, and what was found so far. */
export interface Reading {
  readonly tokens: readonly SqlToken[];
  /** Names that the text makes itself. */
  readonly locals: ReadonlySet<string>;
  readonly tables: Map<string, Set<TableRight>>;
  readonly commits: Set<string>;
  readonly functions: Set<string>;
  /** Procedures, `schema.name`. */
  readonly calls: Set<string>;
  readonly doubts: Set<string>;
  /** Reads a text inside this one. */
  readInner(text: string): void;
}

/** Notes rights on the table whose name is at a place. */
export function need(reading: Reading, at: number, rights: readonly TableRight[]): void {
  const { tokens, tables, doubts } = reading;
  const found = nameAt(tokens, at);
  if (found === undefined || isLocal(reading, at)) return;
  if (found.parts === 1) {
    doubts.add(`${found.name} stands without a schema: which table it is depends on search_path`);
    return;
  }
  if (found.parts > 2) {
    doubts.add(`${found.name} is in another database`);
    return;
  }
  tables.set(found.name, new Set([...(tables.get(found.name) ?? []), ...rights]));
}

/** Whether the name is made by the text itself: a temporary table, a CTE, a cursor. */
export function isLocal({ tokens, locals }: Reading, at: number): boolean {
  const found = nameAt(tokens, at);
  return found !== undefined && (locals.has(found.name) || found.name.startsWith('#'));
}
