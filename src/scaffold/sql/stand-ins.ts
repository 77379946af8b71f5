import { quoteName } from '../../migrations/quote.ts';
import { toSqlName } from '../../names/sql-name.ts';
import { writtenType } from '../found/found-columns.ts';
import type { FoundProcedure, FoundStage, FoundTable } from '../found/found-stage.ts';
import type { NewFile } from '../project.ts';
import { type ScaffoldTable, schemasOf } from '../tables/scaffold-table.ts';
import { foundProceduresOf, type Grants, grantStatements } from './grants.ts';
import type { MadeObjects } from './migration-files.ts';

/**
 * What a stage has and no migration of this tree makes, for the local warehouse: tables without rows, and procedures with their own
 * text. No other warehouse gets it.
 */
export function standInFile(
  pipeline: string,
  { stage, warehouse }: FoundStage,
  tables: readonly ScaffoldTable[],
  granted: Grants,
  made: MadeObjects,
): readonly NewFile[] {
  const calls = tables.flatMap(({ there }) => there.calls);
  const own = new Set([
    ...tables.flatMap(({ there }) => [there.staged?.name, there.production?.name]),
    ...calls.flatMap(({ effects }) => [...effects.tables.keys()]),
  ]);
  const used = warehouse.tables.filter(({ name }) => own.has(name) && !made.table(name));
  const procedures = foundProceduresOf(calls, warehouse).filter(({ name }) => !made.procedure(name));
  if (used.length + procedures.length === 0) return [];
  const names = [...used, ...procedures].map(({ name }) => name);
  const isHere = (name: string) => names.includes(name);
  const statements = [
    ...schemasOf(names).map((schema) => `CREATE SCHEMA IF NOT EXISTS ${toSqlName(schema)};`),
    ...used.map(createTable),
    ...procedures.map(createProcedure),
    ...grantStatements(
      {
        schemas: granted.schemas.filter(({ schema }) => schemasOf(names).includes(schema)),
        tables: granted.tables.filter(({ table }) => isHere(table)),
        procedures: granted.procedures.filter((one) =>
          procedures.some(({ name }) => one.startsWith(`${toSqlName(name)}(`)),
        ),
      },
      (user) => user,
    ),
  ];
  return [
    {
      path: `sql/sample/warehouse.${pipeline}.sql`,
      text: `/*
What stage ${stage} has already, as it was found there, for the warehouse of this machine: tables without rows, and procedures.
Reads:  nothing
Writes: the tables and procedures below
Safe to run again: yes. The local stack runs it before sql/migrations; no other warehouse gets it.
*/
${statements.join('\n\n')}\n`,
    },
  ];
}

function createTable({ name, columns }: FoundTable): string {
  const lines = columns.map(
    (column) => `  ${columnName(column.name)} ${writtenType(column)}${column.isNullable ? '' : ' NOT NULL'}`,
  );
  return `CREATE TABLE IF NOT EXISTS ${toSqlName(name)} (\n${lines.join(',\n')}\n);`;
}

function createProcedure({ name, argumentTypes, argumentNames, definer, body }: FoundProcedure): string {
  const parameters = argumentTypes.map((type, index) => `${nameOf(argumentNames?.[index], index)} ${type}`);
  // A tag that the text does not hold.
  const tag = ['$$', '$body$', '$of_the_stage$'].find((one) => !body.includes(one)) ?? '$$';
  return `CREATE OR REPLACE PROCEDURE ${toSqlName(name)}(${parameters.join(', ')})
AS ${tag}${body}${tag} LANGUAGE plpgsql${definer === undefined ? '' : ' SECURITY DEFINER'};`;
}

/** A name may need quotes, and may be none. */
function nameOf(name: string | undefined, index: number): string {
  return name === undefined || name === '' ? `argument_${index + 1}` : toSqlName(name);
}

/** A table that is there may have columns that no pipeline could name. */
function columnName(name: string): string {
  return /[."]/.test(name) ? quoteName(name) : toSqlName(name);
}
