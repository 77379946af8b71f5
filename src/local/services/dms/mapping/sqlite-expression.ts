import { createHash } from 'node:crypto';
import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite';

/** A value of the source, as an expression sees it. */
export type ExpressionInput = SQLInputValue;

/** An expression of an added column, ready to be evaluated for each row. */
export interface SqliteExpression {
  /** Names behind the `$` signs, in the order of their first use. */
  readonly names: readonly string[];
  /** The value as text, null for NULL. @throws Error of SQLite */
  evaluate(values: Readonly<Record<string, ExpressionInput>>): string | null;
}

let engine: DatabaseSync | undefined;

/**
 * Prepares an expression of a transformation rule. It is in SQLite's language, in which `$NAME` is a column of the source or a
 * header that DMS adds; SQLite itself evaluates it.
 * @throws Error of SQLite
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TableMapping.SelectionTransformation.Expressions.html
 */
export function prepareExpression(text: string): SqliteExpression {
  engine ??= openEngine();
  // AWS' own samples have typographic quotes around texts.
  const written = text.replaceAll(/[‘’]/g, "'");
  const statement = engine.prepare(`SELECT ${written}`);
  statement.setReadBigInts(true);
  statement.setAllowUnknownNamedParameters(true);
  const columns = statement.columns();
  if (columns.length !== 1) throw new Error(`it has ${columns.length} values, not one`);
  return {
    names: namesIn(written),
    evaluate(values) {
      const [result] = Object.values(statement.get(values) ?? {});
      return asText(result ?? null);
    },
  };
}

/** @throws Error where SQLite does not know the expression */
export function requireExpression(text: string): void {
  try {
    prepareExpression(text);
  } catch (error) {
    throw new Error(`expression: ${(error as Error).message}, in ${text}`);
  }
}

/** SQLite with the functions that DMS adds. It is loaded when an expression needs it: Node warns that it is new. */
function openEngine(): DatabaseSync {
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  const database = new DatabaseSync(':memory:');
  const deterministic = { deterministic: true };
  database.function('hash_sha256', deterministic, (value) =>
    value === null ? null : createHash('sha256').update(String(value)).digest('hex'),
  );
  // A full load inserts. Of ('D', 'U', 'I') the third one is for inserts.
  database.function('operation_indicator', deterministic, (_deleted, _updated, inserted) => inserted ?? null);
  return database;
}

function namesIn(text: string): readonly string[] {
  const withoutTexts = text.replaceAll(/'(?:[^']|'')*'/g, "''");
  return [
    ...new Set(
      [...withoutTexts.matchAll(/\$([A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)/g)].map(
        ([, name = '']) => name,
      ),
    ),
  ];
}

function asText(value: SQLOutputValue): string | null {
  if (value === null) return null;
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex').toUpperCase() : String(value);
}
