import { toSqlName } from '../../names/sql-name.ts';
import type { NewFile } from '../project.ts';
import type { ScaffoldTable } from '../tables/scaffold-table.ts';

/** Made-up rows of the tables in the local source, which is PostgreSQL and no Redshift. */
export function sourceFile(pipeline: string, tables: readonly ScaffoldTable[]): NewFile {
  const schemas = [...new Set(tables.map(({ source }) => source.schema))];
  const parts = [
    schemas.map((schema) => `CREATE SCHEMA IF NOT EXISTS ${quoted(schema)};`).join('\n'),
    ...tables.map(createTable),
    ...tables.map(insertRows),
    `GRANT USAGE ON SCHEMA ${schemas.map(quoted).join(', ')} TO dms;\nGRANT SELECT ON\n  ${tables.map(nameOf).join(',\n  ')}\nTO dms;`,
  ];
  return {
    path: `sql/sample/source.${pipeline}.sql`,
    text: `/*
The source of the pipeline ${pipeline} on this machine: what its DMS task copies into staging.
${guessedIn(tables)}
Reads:  nothing
Writes: the tables below
Safe to run again: no. The local stack runs it once, in a fresh database "source", after the other sources.
*/
${parts.join('\n\n')}\n`,
  };
}

function createTable(table: ScaffoldTable): string {
  const lines = table.sourceColumns.map(
    ({ name, type }) => `  ${quoted(name)} ${type}${name.toLowerCase() === 'id' ? ' NOT NULL' : ''}`,
  );
  return `CREATE TABLE ${nameOf(table)} (\n${lines.join(',\n')}\n);`;
}

function insertRows(table: ScaffoldTable): string {
  const columns = table.sourceColumns.map(({ name }) => quoted(name)).join(', ');
  const rows = table.sourceRows.map((row) => `  (${row.map(literal).join(', ')})`);
  return `INSERT INTO ${nameOf(table)} (${columns}) VALUES\n${rows.join(',\n')};`;
}

function nameOf({ source }: ScaffoldTable): string {
  return `${quoted(source.schema)}.${quoted(source.name)}`;
}

function quoted(name: string): string {
  return /^[a-z][a-z0-9_]*$/.test(name) ? toSqlName(name) : `"${name.replaceAll('"', '""')}"`;
}

function literal(value: string | null): string {
  if (value === null) return 'NULL';
  const text = value.replaceAll("'", "''");
  return text.includes('\\') ? `E'${text.replaceAll('\\', '\\\\')}'` : `'${text}'`;
}

function guessedIn(tables: readonly ScaffoldTable[]): string {
  return tables.every(({ there }) => there.staged !== undefined)
    ? 'found: columns and types, those of the staged tables. guessed: rows. Write rows like yours.'
    : 'guessed: columns, types and rows. Write those of your source.';
}
