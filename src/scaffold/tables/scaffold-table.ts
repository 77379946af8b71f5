import type { TableName } from '../../local/parts.ts';
import type { FoundCalls } from '../found/found-calls.ts';
import type { FoundTable } from '../found/found-stage.ts';

/** A column that is written: what it is called, and its type there. */
export interface ScaffoldColumn {
  readonly name: string;
  readonly type: string;
}

/** A table of the source, and what is made of it in the warehouse. Names are as SQL has them, without quotes. */
export interface ScaffoldTable {
  readonly source: TableName;
  readonly sourceColumns: readonly ScaffoldColumn[];
  /** Rows for the source, in the order of its columns. */
  readonly sourceRows: readonly (readonly (string | null)[])[];
  /** `schema.name` of the table that DMS fills. */
  readonly staged: string;
  /** `schema.name` of the table that readers see. */
  readonly production: string;
  /** `schema.name` of the procedure that fills it. */
  readonly procedure: string;
  /** Of the step whose procedure is to be written; empty where one is there. */
  readonly step: string;
  /** Columns of both tables of the warehouse. */
  readonly columns: readonly ScaffoldColumn[];
  /** Columns that tell its rows apart; none where that is not known. */
  readonly key: readonly [] | readonly [string, ...string[]];
  /** What a stage has of it already. */
  readonly there: TableThere;
}

/** What a stage has of a table's objects; a stage that was not asked has nothing. */
export interface TableThere extends FoundCalls {
  readonly staged?: FoundTable;
  /** The table for readers, where the procedure is to be written. */
  readonly production?: FoundTable;
}

/** Whether a procedure is to be written for it: none is there. */
export function isToBeWritten({ there }: ScaffoldTable): boolean {
  return there.calls.length === 0;
}

/** The schemas of the tables, each once. */
export function schemasOf(names: readonly string[]): readonly string[] {
  return [...new Set(names.map((name) => name.slice(0, name.indexOf('.'))))];
}
