import { InvalidConfig } from '../../errors/errors.ts';
import { readFileName } from '../../migrations/file-name.ts';
import { toSqlName } from '../../names/sql-name.ts';
import { createNamer, fileWords } from '../derived-names.ts';
import type { NewFile, ProjectFiles } from '../project.ts';
import type { ScaffoldTable } from '../tables/scaffold-table.ts';
import { grantMigration, procedureMigration, tableMigrations } from './warehouse-sql.ts';

const MIGRATIONS = 'sql/migrations';

/** The migrations of a pipeline. Its V files have the next numbers, or their own where they are there already. */
export function migrationFiles(
  name: string,
  tables: readonly ScaffoldTable[],
  project: ProjectFiles,
): readonly NewFile[] {
  const words = fileWords(name);
  const files = project.list(MIGRATIONS);
  const own = files.find((file) => /^V\d+__/.test(file) && file.endsWith(`__create_${words}_tables.sql`));
  const numbers = files.flatMap((file) => {
    const read = readFileName(file);
    return read?.kind === 'versioned' ? [Number.parseInt(read.version, 10)] : [];
  });
  const first = own === undefined ? Math.max(0, ...numbers) + 1 : Number.parseInt(own.slice(1), 10);
  const fileName = createNamer();
  return [
    ...tableMigrations(words, tables, (index) => String(first + index).padStart(3, '0')),
    ...tables.map((table) => procedureMigration(fileName(fileWords(table.production)), table)),
    grantMigration(words, tables),
  ];
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
    const text = (project.read(`${MIGRATIONS}/${file}`) ?? '').toLowerCase().replaceAll(/\s+/g, ' ');
    const taken = tables
      .flatMap(({ staged, production }) => [staged, production])
      .find((table) => text.includes(`create table ${toSqlName(table)} (`));
    if (taken !== undefined)
      throw new InvalidConfig(`table ${JSON.stringify(taken)}: ${MIGRATIONS}/${file} makes it already`);
  }
}
