import { InvalidPipeline } from '../../errors/errors.ts';
import { toSqlName } from '../../names/sql-name.ts';
import { argumentExpression, type Literal } from '../call/argument.ts';
import { readQuery } from '../check/compile.ts';
import type { Audit } from './definition.ts';

/** A query whose rows are what is wrong, and the values of its placeholders. */
export interface BoundQuery {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * The query that finds what an audit counts.
 * @param field of the definition, for messages
 * @param key begins the names of its parameters
 * @throws InvalidPipeline for a query that is missing, or that the Data API would take for one with parameters
 */
export function findWrongRows(
  field: string,
  audit: Exclude<Audit, { kind: 'rows' }>,
  key: string,
): BoundQuery {
  if (audit.kind === 'check') return { sql: readAuditQuery(field, audit.check), parameters: {} };
  const table = toSqlName(audit.table);
  switch (audit.kind) {
    case 'unique': {
      const columns = audit.columns.map(toSqlName);
      const present = columns.map((column) => `${column} IS NOT NULL`).join(' AND ');
      const list = columns.join(', ');
      const times = columns.includes('times') ? 'times_found' : 'times';
      return {
        sql: `SELECT ${list}, count(*) AS ${times} FROM ${table} WHERE ${present} GROUP BY ${list} HAVING count(*) > 1`,
        parameters: {},
      };
    }
    case 'notNull': {
      const columns = audit.columns.map(toSqlName);
      const missing = columns.map((column) => `${column} IS NULL`).join(' OR ');
      return { sql: `SELECT ${columns.join(', ')} FROM ${table} WHERE ${missing}`, parameters: {} };
    }
    case 'references': {
      const columns = audit.columns.map((column) => `child.${toSqlName(column)}`);
      const keys = audit.key.map((column) => `parent.${toSqlName(column)}`);
      const present = columns.map((column) => `${column} IS NOT NULL`);
      const same = columns.map((column, index) => `${keys[index]} = ${column}`).join(' AND ');
      const missing = `NOT EXISTS (SELECT 1 FROM ${toSqlName(audit.to)} AS parent WHERE ${same})`;
      return {
        sql: `SELECT ${columns.join(', ')} FROM ${table} AS child WHERE ${[...present, missing].join(' AND ')}`,
        parameters: {},
      };
    }
    case 'accepted': {
      const { texts, parameters } = literals(audit.values, key);
      const column = toSqlName(audit.column);
      return {
        sql: `SELECT ${column} FROM ${table} WHERE ${column} NOT IN (${texts.join(', ')})`,
        parameters,
      };
    }
  }
}

function literals(values: readonly Literal[], key: string) {
  const parameters: Record<string, string> = {};
  const texts = values.map((value, index) => {
    const name = `${key}_value_${index + 1}`;
    if (typeof value !== 'boolean') parameters[name] = String(value);
    return argumentExpression(value, `:${name}`);
  });
  return { texts, parameters };
}

/** `:name` that no second colon stands before: the Data API would look for a parameter of that name. */
const PLACEHOLDER = /(?<!:):[A-Za-z_]\w*/;

function readAuditQuery(field: string, check: string): string {
  const { query } = readQuery(field, check);
  const [found] = PLACEHOLDER.exec(query) ?? [];
  if (found !== undefined)
    throw new InvalidPipeline(
      `${field}: sql/checks/${check}.sql: must not hold "${found}": an audit runs beside statements with parameters, and the Data API would take it for one. In a text, write the colon as chr(58)`,
    );
  return query;
}
