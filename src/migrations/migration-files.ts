import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MigrationFailed } from '../errors.ts';
import { splitSql } from '../sql-text.ts';

/** A file of sql/migrations, named as Flyway names them: `V001__create_x.sql` once, `R__procedure_y.sql` when changed. */
export interface Migration {
  readonly file: string;
  readonly kind: 'versioned' | 'repeatable';
  readonly checksum: string;
  /** In order, placeholders filled in. */
  readonly statements: readonly string[];
}

/** Values of the files' `${name}` placeholders: the names of the database users. */
export type Placeholders = Readonly<Record<'owner' | 'runtime' | 'dms', string>>;

const FILE_NAME = /^(?:V(\d+(?:[._]\d+)*)|R)__\w+\.sql$/;

/**
 * Reads a folder's migrations in the order in which they are applied: versions first, by number, then repeatables by
 * name.
 * @throws MigrationFailed naming the file: a name that is neither, a version twice, an unknown placeholder
 */
export async function readMigrations(
  folder: string,
  placeholders: Placeholders,
): Promise<readonly Migration[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql'));
  const misnamed = files.find((file) => !FILE_NAME.test(file));
  if (misnamed !== undefined)
    throw new MigrationFailed(`${misnamed}: is neither V<number>__<words>.sql nor R__<words>.sql`);
  const ordered = files.toSorted(byApplication);
  assertVersionsDiffer(ordered);
  return Promise.all(
    ordered.map(async (file) => toMigration(file, await readFile(join(folder, file), 'utf8'), placeholders)),
  );
}

function toMigration(file: string, text: string, placeholders: Placeholders): Migration {
  const filled = fillPlaceholders(file, text, placeholders);
  return {
    file,
    kind: file.startsWith('V') ? 'versioned' : 'repeatable',
    checksum: createHash('sha256').update(filled).digest('hex'),
    statements: splitSql(filled),
  };
}

function fillPlaceholders(file: string, text: string, placeholders: Placeholders): string {
  return text.replaceAll(/\$\{(\w+)\}/g, (whole, name: string) => {
    const value = placeholders[name as keyof Placeholders];
    if (value === undefined) throw new MigrationFailed(`${file}: there is no placeholder ${whole}`);
    return `"${value.replaceAll('"', '""')}"`;
  });
}

function byApplication(a: string, b: string): number {
  const [versionA, versionB] = [versionOf(a), versionOf(b)];
  if (versionA === undefined || versionB === undefined) {
    return versionA === versionB
      ? compare(a, b)
      : compare(versionB === undefined ? 0 : 1, versionA === undefined ? 0 : 1);
  }
  return compareVersions(versionA, versionB);
}

function versionOf(file: string): readonly number[] | undefined {
  return FILE_NAME.exec(file)?.[1]?.split(/[._]/).map(Number);
}

function compareVersions(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const order = compare(a[index] ?? 0, b[index] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}

function compare<Value extends string | number>(a: Value, b: Value): number {
  return a < b ? -1 : Number(a > b);
}

function assertVersionsDiffer(ordered: readonly string[]): void {
  for (const [index, file] of ordered.entries()) {
    const previous = ordered[index - 1];
    const [version, previousVersion] = [versionOf(file), previous && versionOf(previous)];
    if (version && previousVersion && compareVersions(version, previousVersion) === 0) {
      throw new MigrationFailed(`${file}: has the same version as ${previous}`);
    }
  }
}
