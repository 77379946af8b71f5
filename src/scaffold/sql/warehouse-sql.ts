import { toSqlName } from '../../names/sql-name.ts';
import type { NewFile } from '../project.ts';
import { type ScaffoldColumn, type ScaffoldTable, schemasOf } from '../tables/scaffold-table.ts';

/** Statements of a file: the Data API takes 40 in a transaction, and two keep the history. */
const MOST_STATEMENTS = 38;
const FOLDER = 'sql/migrations';

/** The V files that make the tables. @param versionOf number of the first, second, … file */
export function tableMigrations(
  words: string,
  tables: readonly ScaffoldTable[],
  versionOf: (index: number) => string,
): readonly NewFile[] {
  const schemas = schemasOf(tables.flatMap(({ staged, production }) => [staged, production]));
  const statements = [
    ...schemas.map((schema) => ({ table: '', sql: `CREATE SCHEMA IF NOT EXISTS ${toSqlName(schema)};` })),
    ...tables.flatMap(({ staged, production, columns }) =>
      [staged, production].map((table) => ({ table, sql: createTable(table, columns) })),
    ),
  ];
  const count = Math.ceil(statements.length / MOST_STATEMENTS);
  return [...Array(count).keys()].map((index) => {
    const part = statements.slice(index * MOST_STATEMENTS, (index + 1) * MOST_STATEMENTS);
    const made = part.map(({ table }) => table).filter((table) => table !== '');
    return {
      path: `${FOLDER}/V${versionOf(index)}__create_${words}_tables${index === 0 ? '' : `_${index + 1}`}.sql`,
      text: `${header([
        `Tables of the pipeline ${words.replaceAll('_', '-')}: what DMS fills, and what the pipeline makes of it.`,
        'guessed: columns and types. Write those of your source before the file is applied to a warehouse.',
        'Reads:  nothing',
        ...wrapped('Writes: ', made),
        'Safe to run again: no. The migration history has it run once.',
      ])}${part.map(({ sql }) => sql).join('\n\n')}\n`,
    };
  });
}

function createTable(table: string, columns: readonly ScaffoldColumn[]): string {
  const width = Math.max(...columns.map(({ name }) => toSqlName(name).length));
  const lines = columns.map(({ name, type }) => `  ${toSqlName(name).padEnd(width)} ${type}`);
  return `CREATE TABLE ${toSqlName(table)} (\n${lines.join(',\n')}\n)\nDISTSTYLE AUTO;`;
}

/** The R file of a table's procedure. */
export function procedureMigration(words: string, table: ScaffoldTable): NewFile {
  const { staged, production, procedure, columns } = table;
  const names = columns.map(({ name }) => toSqlName(name));
  return {
    path: `${FOLDER}/R__procedure_load_${words}.sql`,
    text: `${header([
      `Replaces ${production} by the staged rows.`,
      'guessed: that every staged row goes to production as it is.',
      `Reads:  ${staged}`,
      `Writes: ${production} (replaced)`,
      'Safe to run again: yes. A full load is the whole truth: all rows go and those of the load come, in the caller’s one',
      'transaction, so that a reader sees either the last load or this one.',
    ])}CREATE OR REPLACE PROCEDURE ${toSqlName(procedure)}()
AS $$
BEGIN
  DELETE FROM ${toSqlName(production)};

  INSERT INTO ${toSqlName(production)} (${names.join(', ')})
  SELECT ${names.map((name) => `staged.${name}`).join(', ')}
  FROM ${toSqlName(staged)} AS staged;
END;
$$ LANGUAGE plpgsql;
`,
  };
}

/** The R file of the grants. It sorts behind the procedures, so that it is applied after them. */
export function grantMigration(words: string, tables: readonly ScaffoldTable[]): NewFile {
  const list = (names: readonly string[]) => names.join(',\n  ');
  const staged = list(tables.map((table) => toSqlName(table.staged)));
  const production = list(tables.map((table) => toSqlName(table.production)));
  const schemas = schemasOf(tables.flatMap((table) => [table.staged, table.production, table.procedure]));
  const procedures = tables.map(({ procedure }) => `${toSqlName(procedure)}()`);
  return {
    path: `${FOLDER}/R__user_grants_${words}.sql`,
    text: `${header([
      `Who may do what with the tables of the pipeline ${words.replaceAll('_', '-')}. \${runtime} runs it, \${dms} fills staging.`,
      'Reads:  nothing',
      ...wrapped('Writes: grants on schemas ', schemas),
      'Safe to run again: yes.',
    ])}GRANT USAGE ON SCHEMA ${schemas.map(toSqlName).join(', ')} TO \${runtime}, \${dms};

GRANT SELECT, INSERT, TRUNCATE ON
  ${staged}
TO \${dms};

GRANT SELECT ON
  ${staged}
TO \${runtime};

GRANT SELECT, INSERT, DELETE ON
  ${production}
TO \${runtime};

GRANT EXECUTE ON PROCEDURE
  ${list(procedures)}
TO \${runtime};
`,
  };
}

function header(lines: readonly string[]): string {
  return `/*\n${lines.join('\n')}\n*/\n`;
}

/** A list below its word, as long as it takes. */
function wrapped(word: string, items: readonly string[]): readonly string[] {
  return items.map((item, index) => {
    const end = index === items.length - 1 ? '' : ',';
    return `${index === 0 ? word.padEnd(8) : ' '.repeat(8)}${item}${end}`;
  });
}
