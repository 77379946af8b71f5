import { InvalidConfig } from '../../errors/errors.ts';
import { readFileName } from '../../migrations/file-name.ts';
import { toSqlName } from '../../names/sql-name.ts';
import { createNamer, fileWords } from '../derived-names.ts';
import type { FoundWarehouse } from '../found/found-stage.ts';
import type { NewFile, ProjectFiles } from '../project.ts';
import { isToBeWritten, type ScaffoldTable } from '../tables/scaffold-table.ts';
import type { Grants } from './grants.ts';
import { grantMigration, procedureMigration, tableMigrations, tablesToMake } from './warehouse-sql.ts';

/** Where migrations are. */
export const MIGRATIONS = 'sql/migrations';

export interface PipelineMigrations {
  readonly name: string;
  readonly tables: readonly ScaffoldTable[];
  /** That are missing. */
  readonly grants: Grants;
  readonly warehouse: FoundWarehouse | undefined;
}

/** The migrations of a pipeline. Its V files have the next numbers, or their own where they are there already. */
export function migrationFiles(
  { name, tables, grants, warehouse }: PipelineMigrations,
  project: ProjectFiles,
): readonly NewFile[] {
  const words = fileWords(name);
  const files = project.list(MIGRATIONS);
  const [own] = ownMigrations(name, project).versioned.toSorted();
  const numbers = files.flatMap((file) => {
    const read = readFileName(file);
    return read?.kind === 'versioned' ? [Number.parseInt(read.version, 10)] : [];
  });
  const first = own === undefined ? Math.max(0, ...numbers) + 1 : Number.parseInt(own.slice(1), 10);
  const fileName = createNamer();
  return [
    ...tableMigrations(
      words,
      tables,
      (index) => String(first + index).padStart(3, '0'),
      (schema) => warehouse?.catalog.schemas.has(schema) === true,
    ),
    ...tables
      .filter(isToBeWritten)
      .map((table) => procedureMigration(fileName(fileWords(table.production)), table)),
    ...grantMigration(words, grants),
  ];
}

/** Names of the files that a pipeline's own tables and grants are in. */
export function ownMigrations(
  name: string,
  project: ProjectFiles,
): { readonly versioned: readonly string[]; readonly grants: string } {
  const words = fileWords(name);
  const own = new RegExp(`^V\\d+__create_${words}_tables(?:_\\d+)?\\.sql$`);
  return {
    versioned: project.list(MIGRATIONS).filter((file) => own.test(file)),
    grants: `R__user_grants_${words}.sql`,
  };
}

/** Tables that a migration makes already. @throws InvalidConfig naming the file */
export function refuseTakenTables(
  tables: readonly ScaffoldTable[],
  own: readonly NewFile[],
  project: ProjectFiles,
): void {
  const others = project
    .list(MIGRATIONS)
    .filter((file) => !own.some(({ path }) => path === `${MIGRATIONS}/${file}`));
  for (const file of others) {
    const text = plainText(project.read(`${MIGRATIONS}/${file}`));
    const taken = tables.flatMap(tablesToMake).find((table) => makesTable(text, table));
    if (taken !== undefined)
      throw new InvalidConfig(`table ${JSON.stringify(taken)}: ${MIGRATIONS}/${file} makes it already`);
  }
}

/** Names of what files make. */
export interface MadeObjects {
  schema(name: string): boolean;
  table(name: string): boolean;
  procedure(name: string): boolean;
}

/** What this tree makes by its migrations, which a stage may have from them. @param isMeant whether a file counts */
export function madeByMigrations(
  project: ProjectFiles,
  isMeant: (file: string) => boolean = () => true,
): MadeObjects {
  const texts = project
    .list(MIGRATIONS)
    .filter(isMeant)
    .map((file) => plainText(project.read(`${MIGRATIONS}/${file}`)));
  return {
    schema: (name) => texts.some((text) => text.includes(`create schema if not exists ${toSqlName(name)};`)),
    table: (name) => texts.some((text) => makesTable(text, name)),
    procedure: (name) => texts.some((text) => text.includes(`create procedure ${toSqlName(name)}(`)),
  };
}

function plainText(text = ''): string {
  return text
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/create (or replace )?(table|procedure) (if not exists )?/g, 'create $2 ');
}

function makesTable(text: string, table: string): boolean {
  return text.includes(`create table ${toSqlName(table)} (`);
}
