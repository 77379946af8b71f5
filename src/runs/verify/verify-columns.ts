import type { ResultValue } from '../../data-api/result.ts';
import { StatementFailed } from '../../errors/errors.ts';
import { ELT_SCHEMA, STAGED_COLUMNS } from '../../names/elt-tables.ts';
import { type QueryContext, type QueryRequest, queryRows } from '../../statements/query.ts';
import { type Column, type ColumnFindings, judgeColumns } from './judge-columns.ts';

/** A staged table, and the columns that it should have. */
export interface ShapedTable {
  readonly table: string;
  /** Absent: as the migrations have left it. */
  readonly columns?: readonly Column[] | undefined;
  /** @default fail */
  readonly extra?: 'allow' | 'warn' | 'fail' | undefined;
}

/** Stand for a step's name in the names of the statements that read. */
const FOUND = 'Verify_Full_Load_columns';
const RECORDED = 'Verify_Full_Load_recorded_columns';

const NOT_RECORDED =
  'columns of staged tables are not compared: their shape is not on record; npm run migrate notes it';

/**
 * Holds the columns of staged tables against those of the definition, or else against those that the migrations made: all tables
 * of the pipeline in one query. A table that is not there, or of which nothing is known, is not judged.
 * @throws StatementFailed, StatementAborted, RedshiftUnavailable, InvalidConfig
 */
export async function verifyColumns(
  context: QueryContext,
  request: QueryRequest,
  tables: readonly ShapedTable[],
): Promise<ColumnFindings> {
  const undefinedTables = tables.filter(({ columns }) => columns === undefined).map(({ table }) => table);
  const [found, recorded] = await Promise.all([
    readFound(context, request, tables),
    undefinedTables.length === 0 ? new Map() : readRecorded(context, request, undefinedTables),
  ]);
  const findings = tables.map(({ table, columns = recorded?.get(table), extra = 'fail' }) => {
    const now = found.get(table);
    if (columns === undefined || now === undefined) return { problems: [], warnings: [] };
    const { problems, warnings } = judgeColumns(columns, now, extra);
    const about = (text: string) => `${table}: ${text}`;
    return { problems: problems.map(about), warnings: warnings.map(about) };
  });
  return {
    problems: findings.flatMap(({ problems }) => problems),
    warnings: [
      ...findings.flatMap(({ warnings }) => warnings),
      ...(recorded === undefined ? [NOT_RECORDED] : []),
    ],
  };
}

/** What tells a column's type, in SVV_COLUMNS and in what migrate has recorded of it. */
const COLUMNS = 'column_name, data_type, character_maximum_length, numeric_precision, numeric_scale';

type ColumnsByTable = ReadonlyMap<string, readonly Column[]>;

async function readFound(
  context: QueryContext,
  request: QueryRequest,
  tables: readonly ShapedTable[],
): Promise<ColumnsByTable> {
  const names = tables.map(({ table }) => `'${table}'`).join(', ');
  const sql = `SELECT table_schema || '.' || table_name AS staged_table, ${COLUMNS} FROM svv_columns WHERE table_schema || '.' || table_name IN (${names}) ORDER BY table_schema, table_name, ordinal_position`;
  const rows = await queryRows(context, request, {
    state: FOUND,
    sql,
    what: 'reading the columns of staged tables',
  });
  return byTable(rows);
}

/** Undefined where the warehouse was never migrated by a version that notes them. */
async function readRecorded(
  context: QueryContext,
  request: QueryRequest,
  tables: readonly string[],
): Promise<ColumnsByTable | undefined> {
  const names = tables.map((table) => `'${table}'`).join(', ');
  const sql = `SELECT staged_table, ${COLUMNS} FROM ${ELT_SCHEMA}.${STAGED_COLUMNS} WHERE staged_table IN (${names}) ORDER BY staged_table, ordinal_position`;
  try {
    const rows = await queryRows(context, request, {
      state: RECORDED,
      sql,
      what: 'reading the recorded columns',
    });
    return byTable(rows);
  } catch (error) {
    if (error instanceof StatementFailed && error.message.includes(`${STAGED_COLUMNS}" does not exist`))
      return undefined;
    throw error;
  }
}

function byTable(rows: readonly (readonly ResultValue[])[]): ColumnsByTable {
  const groups = Map.groupBy(rows, ([table]) => String(table));
  return new Map([...groups].map(([table, columns]) => [table, columns.map(toColumn)]));
}

/** Only of texts and NUMERIC does the size belong to the type. */
function toColumn([, name, dataType, length, precision, scale]: readonly ResultValue[]): Column {
  const type = String(dataType);
  if (type === 'numeric') return { name: String(name), type: `numeric(${precision},${scale})` };
  return { name: String(name), type: length === null ? type : `${type}(${length})` };
}
