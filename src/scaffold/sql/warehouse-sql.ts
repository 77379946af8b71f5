import { InvalidConfig } from '../../errors/errors.ts';
import { toSqlName } from '../../names/sql-name.ts';
import type { NewFile } from '../project.ts';
import {
  isToBeWritten,
  type ScaffoldColumn,
  type ScaffoldTable,
  schemasOf,
} from '../tables/scaffold-table.ts';
import { type Grants, grantStatements } from './grants.ts';

/** Statements of a file: the Data API takes 40 in a transaction, and two keep the history. */
const MOST_STATEMENTS = 38;
const FOLDER = 'sql/migrations';

/** The V files that make the tables. @param versionOf number of the first, second, … file */
export function tableMigrations(
  words: string,
  tables: readonly ScaffoldTable[],
  versionOf: (index: number) => string,
  isSchemaThere: (schema: string) => boolean,
): readonly NewFile[] {
  const made = tables.flatMap((table) => tablesToMake(table).map((name) => ({ name, table })));
  const schemas = schemasOf(made.map(({ name }) => name)).filter((schema) => !isSchemaThere(schema));
  const statements = [
    ...schemas.map((schema) => ({ table: '', sql: `CREATE SCHEMA IF NOT EXISTS ${toSqlName(schema)};` })),
    ...made.map(({ name, table }) => ({ table: name, sql: createTable(name, table.columns) })),
  ];
  const count = Math.ceil(statements.length / MOST_STATEMENTS);
  return [...Array(count).keys()].map((index) => {
    const part = statements.slice(index * MOST_STATEMENTS, (index + 1) * MOST_STATEMENTS);
    const names = part.map(({ table }) => table).filter((table) => table !== '');
    const isGuessed = tables.some((table) => table.there.staged === undefined);
    return {
      path: `${FOLDER}/V${versionOf(index)}__create_${words}_tables${index === 0 ? '' : `_${index + 1}`}.sql`,
      text: `${header([
        `Tables of the pipeline ${words.replaceAll('_', '-')}: what DMS fills, and what the pipeline makes of it.`,
        isGuessed
          ? 'guessed: columns and types. Write those of your source before the file is applied to a warehouse.'
          : 'found: columns and types, those of the staged tables.',
        'Reads:  nothing',
        ...wrapped('Writes: ', names),
        'Safe to run again: no. The migration history has it run once.',
      ])}${part.map(({ sql }) => sql).join('\n\n')}\n`,
    };
  });
}

/** Tables that no stage has, which this file makes. */
export function tablesToMake(table: ScaffoldTable): readonly string[] {
  const { there, staged, production } = table;
  return [
    ...(there.staged === undefined ? [staged] : []),
    ...(isToBeWritten(table) && there.production === undefined ? [production] : []),
  ];
}

/** A table as a migration makes it. */
function createTable(table: string, columns: readonly ScaffoldColumn[]): string {
  const width = Math.max(...columns.map(({ name }) => toSqlName(name).length));
  const lines = columns.map(({ name, type }) => `  ${toSqlName(name).padEnd(width)} ${type}`);
  return `CREATE TABLE ${toSqlName(table)} (\n${lines.join(',\n')}\n)\nDISTSTYLE AUTO;`;
}

/** The R file of a table's procedure. */
export function procedureMigration(words: string, table: ScaffoldTable): NewFile {
  const { staged, production, procedure, columns, there } = table;
  const isThere = (name: string) =>
    there.production?.columns.some((column) => column.name === name) !== false;
  const names = columns.filter(({ name }) => isThere(name)).map(({ name }) => toSqlName(name));
  if (names.length === 0)
    throw new InvalidConfig(
      `table ${JSON.stringify(production)}: is there, and has no column of ${staged}. Write a procedure that fills it, and run the command again`,
    );
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

/** The R file of the grants that a stage lacks. It sorts behind the procedures, so that it is applied after them. */
export function grantMigration(words: string, grants: Grants): readonly NewFile[] {
  const statements = grantStatements(grants, (user) => `\${${user}}`);
  if (statements.length === 0) return [];
  const schemas = schemasOf([
    ...grants.schemas.map(({ schema }) => `${schema}.`),
    ...grants.tables.map(({ table }) => table),
  ]);
  return [
    {
      path: `${FOLDER}/R__user_grants_${words}.sql`,
      text: `${header([
        `Who may do what with the tables of the pipeline ${words.replaceAll('_', '-')}. \${runtime} runs it, \${dms} fills staging.`,
        'Reads:  nothing',
        ...wrapped('Writes: grants on schemas ', schemas),
        'Safe to run again: yes.',
      ])}${statements.join('\n\n')}\n`,
    },
  ];
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
