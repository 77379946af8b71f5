import { statementFailure } from '../data-api/statement-end.ts';
import { ELT_SCHEMA } from '../names/elt-tables.ts';
import type { Migration } from './migration.ts';
import { quoteText } from './quote.ts';
import { MAX_BATCH, type SqlRunner } from './sql-runner.ts';

const HISTORY = `${ELT_SCHEMA}.schema_history`;

/** Name of the Data API statements that read or write the history itself. */
const NAME = 'schema_history';

/** One application of a migration. */
export interface HistoryEntry {
  readonly kind: string;
  readonly script: string;
  readonly version?: string;
  readonly checksum: string;
}

/** What a warehouse says of itself. */
export interface WarehouseState {
  readonly hasSchema: boolean;
  /** ID of the history's table; a table that was created again has another ID. Empty if there is none. */
  readonly history: string;
  /** Names of the tables in schema elt, without the schema. */
  readonly tables: ReadonlySet<string>;
  /** In the order of their application. */
  readonly entries: readonly HistoryEntry[];
}

/** Reads tables and history; changes nothing. */
export async function readState(runner: SqlRunner): Promise<WarehouseState> {
  const found = await runner.query(
    NAME,
    `SELECT n.nspname, c.relname, CAST(c.oid AS bigint) FROM pg_namespace n
LEFT JOIN pg_class c ON c.relnamespace = n.oid AND c.relkind = 'r'
WHERE n.nspname = ${quoteText(ELT_SCHEMA)}`,
  );
  const ids = new Map(found.map(([, table = '', id = '']) => [table, id]));
  const history = ids.get('schema_history') ?? '';
  const entries = history === '' ? [] : await readEntries(runner);
  return { hasSchema: found.length > 0, history, tables: new Set(ids.keys()), entries };
}

async function readEntries(runner: SqlRunner): Promise<readonly HistoryEntry[]> {
  const rows = await runner.query(
    NAME,
    `SELECT kind, script, version, checksum FROM ${HISTORY} ORDER BY installed_rank`,
  );
  return rows.map(([kind = '', script = '', version = '', checksum = '']) => ({
    kind,
    script,
    checksum,
    ...(version === '' ? {} : { version }),
  }));
}

/**
 * Creates the history and the procedure that writes it, in a warehouse that has none, and reads the state again. If
 * two migrates create it at once, one of them fails, and finds what the other has created.
 */
export async function prepareHistory(runner: SqlRunner, state: WarehouseState): Promise<WarehouseState> {
  if (state.tables.has('schema_history')) return state;
  const made = await runner.execute(NAME, [...(state.hasSchema ? [] : [CREATE_SCHEMA]), ...CREATE_HISTORY]);
  const now = await readState(runner);
  if (!now.tables.has('schema_history')) throw statementFailure(`${NAME}:`, made);
  return now;
}

const CREATE_SCHEMA = `CREATE SCHEMA ${ELT_SCHEMA}`;

/**
 * The number of entries is the version of the whole history. A migration that was planned with another number is not
 * applied.
 */
const CREATE_HISTORY: readonly string[] = [
  `CREATE TABLE ${HISTORY} (
  installed_rank integer      ENCODE az64 NOT NULL,
  kind           varchar(20)  ENCODE lzo  NOT NULL,
  version        varchar(50)  ENCODE lzo,
  description    varchar(255) ENCODE lzo  NOT NULL,
  script         varchar(255) ENCODE lzo  NOT NULL,
  checksum       varchar(64)  ENCODE lzo  NOT NULL,
  applied_by     varchar(128) ENCODE lzo  NOT NULL,
  applied_at     timestamp    ENCODE az64 NOT NULL,
  execution_ms   bigint       ENCODE az64
)
DISTSTYLE AUTO`,
  `CREATE OR REPLACE PROCEDURE ${ELT_SCHEMA}.sp_record_migration(
  planned_entries integer,
  this_kind varchar(20),
  this_version varchar(50),
  this_description varchar(255),
  this_script varchar(255),
  this_checksum varchar(64)
)
AS $$
DECLARE
  found_entries integer;
  this_user varchar(128) := current_user;
BEGIN
  SELECT INTO found_entries count(*) FROM ${HISTORY};
  IF found_entries <> planned_entries THEN
    RAISE EXCEPTION 'ELT_MOVED: % entries where % were planned with', found_entries, planned_entries;
  END IF;

  INSERT INTO ${HISTORY}
    (installed_rank, kind, version, description, script, checksum, applied_by, applied_at)
  VALUES
    (planned_entries + 1, this_kind, this_version, this_description, this_script, this_checksum, this_user, getdate());
END;
$$ LANGUAGE plpgsql`,
];

/**
 * The first statements of a migration's transaction. The lock makes two migrates take turns, and is taken before the
 * snapshot. The procedure records the migration, or raises ELT_MOVED when the history has changed since it was
 * planned.
 */
export function recordStatements(migration: Migration, plannedEntries: number): readonly string[] {
  const { kind, version, description, script, checksum } = migration;
  const texts = [description, script, checksum].map(quoteText);
  const args = [
    plannedEntries,
    quoteText(kind),
    version === undefined ? 'NULL' : quoteText(version),
    ...texts,
  ];
  return [`LOCK ${HISTORY}`, `CALL ${ELT_SCHEMA}.sp_record_migration(${args.join(', ')})`];
}

/** Number of statements that the history needs in each transaction. */
export const RECORD_STATEMENTS = 2;

/** How many a migration can have. */
export const MAX_STATEMENTS = MAX_BATCH - RECORD_STATEMENTS;

/** Whether an error is the one that recordStatements' procedure raises. */
export function isHistoryMoved(error: string | undefined): boolean {
  return error?.includes('ELT_MOVED:') ?? false;
}

/** Writes how long migrations took into their entries, by the number of the entry. */
export async function noteTimes(runner: SqlRunner, times: ReadonlyMap<number, number>): Promise<void> {
  if (times.size === 0) return;
  const cases = [...times].map(([rank, ms]) => `WHEN ${rank} THEN ${Math.round(ms)}`);
  const ranks = [...times.keys()].join(', ');
  await runner.transaction(NAME, [
    `UPDATE ${HISTORY} SET execution_ms = CASE installed_rank ${cases.join(' ')} END WHERE installed_rank IN (${ranks})`,
  ]);
}
