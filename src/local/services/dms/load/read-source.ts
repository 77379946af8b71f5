import type { PostgresConnection } from '../../../contracts.ts';
import { quoteIdentifier, withClient } from '../../../warehouse/database-client.ts';
import { conversionOf, dmsTypeOf } from '../mapping/dms-type.ts';
import type { PlannedColumn } from '../mapping/plan-columns.ts';
import { rowCondition } from '../mapping/row-condition.ts';
import type { SelectedTable, SourceColumn, SourceTable } from '../mapping/select-tables.ts';
import {
  type ExpressionInput,
  prepareExpression,
  type SqliteExpression,
} from '../mapping/sqlite-expression.ts';
import { decodeField, encodeField } from './copy-text.ts';
import { SourceError } from './load-errors.ts';

/** Keys: a primary key before a unique index, and of the index only one over whole columns that are never NULL. */
const TABLES = `
  SELECT n.nspname AS schema, c.relname AS name,
         CASE WHEN c.relkind IN ('v', 'm') THEN 'view' ELSE 'table' END AS kind,
         json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod))
                  ORDER BY a.attnum) AS columns,
         coalesce((
           SELECT ARRAY(SELECT k.attname::text FROM pg_attribute k
                        WHERE k.attrelid = c.oid AND k.attnum = ANY (i.indkey::smallint[]))
           FROM pg_index i
           WHERE i.indrelid = c.oid AND i.indisunique AND i.indpred IS NULL AND i.indexprs IS NULL
             AND NOT EXISTS (SELECT FROM pg_attribute k WHERE k.attrelid = c.oid
                             AND k.attnum = ANY (i.indkey::smallint[]) AND NOT k.attnotnull)
           ORDER BY i.indisprimary DESC, i.indexrelid LIMIT 1), '{}') AS key
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE c.relkind IN ('r', 'p', 'v', 'm') AND NOT c.relispartition
    AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
  GROUP BY c.oid, n.nspname, c.relname, c.relkind`;

/** Lists the tables and views of the source database with their columns. @throws SourceError */
export async function readSourceTables(connection: PostgresConnection): Promise<readonly SourceTable[]> {
  try {
    return await withClient(connection, async (client) => (await client.query<SourceTable>(TABLES)).rows);
  } catch (error) {
    throw new SourceError(error);
  }
}

/** What is read of a source table, and how a line of it becomes one of the target. */
export interface SourceRows {
  readonly query: string;
  /** Columns of the target that get values, in the order of the fields. */
  readonly columns: readonly string[];
  /** Completes a line of COPY by the added columns; absent where nothing is added. @throws Error of the expression */
  readonly complete?: (line: string) => string;
}

/**
 * Plans the reading of a table.
 * @param loadedAt epoch milliseconds, for expressions that ask for the time of the load
 * @throws Error where an expression names a column that is not there, or nothing is left to copy
 */
export function planRows(
  { table, filters }: SelectedTable,
  planned: readonly PlannedColumn[],
  loadedAt: number,
): SourceRows {
  const copied = planned.flatMap((column) => (column.source ? [{ ...column, source: column.source }] : []));
  const added = planned.filter((column) => column.expression !== undefined);
  if (copied.length + added.length === 0) throw new Error('no column of the table is left to copy');
  const expressions = added.map(({ expression = '' }) => prepareExpression(expression));
  const headers = headersOf(table, loadedAt);
  const inputs = inputsOf(expressions, table.columns, headers);
  const selected = [...copied.map(readColumn), ...inputs.map((source) => readColumn({ source }))];
  const condition = rowCondition(filters);
  const query = `SELECT ${selected.join(', ')} FROM ${quoteIdentifier(table.schema)}.${quoteIdentifier(table.name)}${
    condition === undefined ? '' : ` WHERE ${condition}`
  }`;
  const columns = [...copied, ...added].map(({ name }) => name);
  if (expressions.length === 0) return { query, columns };
  return { query, columns, complete: completion(copied.length, inputs, expressions, headers) };
}

/** A column in the query: booleans as words, bytes as hexadecimal digits, as DMS writes them. */
function readColumn({
  source,
  changedTo,
}: Pick<PlannedColumn, 'changedTo'> & { source: SourceColumn }): string {
  const name = quoteIdentifier(source.name);
  const read =
    source.type === 'boolean'
      ? `${name}::text`
      : source.type === 'bytea'
        ? `upper(encode(${name}, 'hex'))`
        : name;
  return changedTo ? `(${read})::${conversionOf(changedTo)}` : read;
}

function completion(
  copied: number,
  inputs: readonly SourceColumn[],
  expressions: readonly SqliteExpression[],
  headers: Readonly<Record<string, string>>,
): (line: string) => string {
  return (line) => {
    const fields = line.split('\t');
    const values: Record<string, ExpressionInput> = { ...headers };
    for (const [index, column] of inputs.entries()) {
      values[column.name] = inputValue(decodeField(fields[copied + index] ?? ''), column);
    }
    const results = expressions.map((expression) => encodeField(expression.evaluate(values)));
    return [...fields.slice(0, copied), ...results].join('\t');
  };
}

function inputValue(text: string | null, { type }: SourceColumn): ExpressionInput {
  if (text === null) return null;
  const { type: name } = dmsTypeOf(type);
  if (/^u?int/.test(name)) return BigInt(text);
  return /^(?:numeric|real)/.test(name) ? Number(text) : text;
}

function inputsOf(
  expressions: readonly SqliteExpression[],
  columns: readonly SourceColumn[],
  headers: Readonly<Record<string, string>>,
): readonly SourceColumn[] {
  const names = new Set(expressions.flatMap((expression) => expression.names));
  return [...names]
    .filter((name) => !Object.hasOwn(headers, name))
    .map((name) => {
      const column = columns.find((candidate) => candidate.name === name);
      if (column) return column;
      throw new Error(`the expression of an added column names $${name}, which is no column of the table`);
    });
}

/** @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TableMapping.SelectionTransformation.Expressions.html */
function headersOf(
  { schema, name }: SelectedTable['table'],
  loadedAt: number,
): Readonly<Record<string, string>> {
  const time = new Date(loadedAt).toISOString().replace('T', ' ').replace('Z', '');
  return {
    AR_H_STREAM_POSITION: '',
    AR_H_TIMESTAMP: time,
    AR_H_COMMIT_TIMESTAMP: time,
    AR_H_OPERATION: 'INSERT',
    AR_H_USER: '',
    AR_H_CHANGE_SEQ: '',
    AR_M_SOURCE_SCHEMA: schema,
    AR_M_SOURCE_TABLE_NAME: name,
  };
}
