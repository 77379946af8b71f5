import { readFile } from 'node:fs/promises';
import { decodeText } from '../../json-text.ts';
import { SAMPLE_FOLDER } from '../../local-stage/sample-tasks.ts';
import { ELT_SCHEMA, fenceTableName } from '../../names/elt-tables.ts';
import { splitSql } from '../../sql-text.ts';
import { isFenced } from '../../steps/step.ts';
import type { SoakWorld } from './soak-world.ts';

/** What a soak knows of the tables it loads; without these files it looks at runs and steps alone. */
export interface SoakFiles {
  /** Statements that make the next load in the source differ from the one before; `${load}` is its number. */
  readonly nextLoad: readonly string[];
  /** A query of the warehouse whose rows are what production does not show of the load. */
  readonly productionDiffers: string | undefined;
}

/**
 * Reads `soak-next-load.sql` and `soak-production-differs.sql`.
 * @throws SyntaxError where one of them is no SQL
 */
export async function readSoakFiles(folder: URL = SAMPLE_FOLDER): Promise<SoakFiles> {
  const [nextLoad, differs] = await Promise.all([
    readStatements(new URL('soak-next-load.sql', folder)),
    readStatements(new URL('soak-production-differs.sql', folder)),
  ]);
  return { nextLoad, productionDiffers: differs[0] };
}

/** Changes the source, so that every load differs from the one before. */
export async function changeSource(
  { source }: SoakWorld,
  { nextLoad }: SoakFiles,
  load: number,
): Promise<void> {
  if (nextLoad.length === 0) return;
  const sqls = nextLoad.map((sql) => sql.replaceAll(/\$\{load\}/g, String(load)));
  await source.transaction(`source of load ${load}`, sqls);
}

/** What is wrong in production after a run of the load that the source holds: nothing, or one line. */
export async function findWrongTables(
  { warehouse }: SoakWorld,
  { productionDiffers }: SoakFiles,
): Promise<readonly string[]> {
  if (productionDiffers === undefined) return [];
  const rows = await warehouse.query('production', productionDiffers);
  if (rows.length === 0) return [];
  return [`production differs from the load in ${rows.length} rows, the first is ${rows[0]?.join(', ')}`];
}

/** Steps that recorded not each published load once. */
export async function findWrongEffects(
  { pipeline, warehouse }: SoakWorld,
  published: readonly string[],
): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const { name } of pipeline.steps.filter(isFenced)) {
    const table = `${ELT_SCHEMA}.${fenceTableName(pipeline.name, name)}`;
    const recorded = (await warehouse.query(name, `SELECT load_id FROM ${table}`)).map(([id = '']) => id);
    const counts = published.map((load) => recorded.filter((id) => id === load).length);
    counts.forEach((count, index) => {
      if (count !== 1) wrong.push(`${name} was applied ${count} times for load ${published[index]}`);
    });
    if (new Set(recorded).size !== recorded.length) wrong.push(`${name} was applied twice for a load`);
  }
  return wrong;
}

async function readStatements(file: URL): Promise<readonly string[]> {
  try {
    return splitSql(decodeText(await readFile(file)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
