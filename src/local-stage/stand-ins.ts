import type { SqlRunner } from '../migrations/sql-runner.ts';
import { splitSql } from '../sql-text.ts';
import { pathFromRoot, readSampleFile, readSampleNames, SAMPLE_FOLDER } from './sample-tasks.ts';

/** Statements of a transaction of the Data API. */
const MOST_STATEMENTS = 40;

/**
 * Gives the local warehouse what a stage has without a migration: each `warehouse.NAME.sql` of sql/sample, before the migrations.
 * @throws MigrationFailed naming the file and what is wrong with it
 */
export async function createStandIns(runner: SqlRunner, folder: URL = SAMPLE_FOLDER): Promise<void> {
  const files = (await readSampleNames(folder))
    .filter((name) => /^warehouse\..+\.sql$/.test(name))
    .toSorted();
  for (const file of files) {
    const url = new URL(file, folder);
    const statements = splitSql(await readSampleFile(url));
    for (let at = 0; at < statements.length; at += MOST_STATEMENTS)
      await runner.transaction(pathFromRoot(url), statements.slice(at, at + MOST_STATEMENTS));
  }
}
