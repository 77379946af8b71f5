import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { decodeText } from '../../json-text.ts';
import { LOCAL_CLUSTER, LOCAL_DATABASE } from '../../local-stage/local-stage.ts';
import { readMigrations } from '../../migrations/migration-files.ts';
import { createSqlRunner } from '../../migrations/sql-runner.ts';
import { splitSql } from '../../sql-text.ts';
import type { ShownStack } from '../shown-stack.ts';

const ROOT = new URL('../../../', import.meta.url);
const FILE = 'sql/sample/break.sql';
const MIGRATIONS = fileURLToPath(new URL('sql/migrations', ROOT));
const USERS = { owner: 'owner', runtime: 'runtime', dms: 'dms' };

/** A mistake that is kept in a file, to be made in the warehouse on request. */
export interface Breakage {
  /** What it breaks, the first line of its file; undefined without such a file. */
  describe(): Promise<string | undefined>;
  /** Whether it was made and not repaired. */
  readonly isMade: boolean;
  /** Makes the mistake. @throws MigrationFailed with the SQL error */
  make(): Promise<string>;
  /** Applies the repeatable migrations again. @throws MigrationFailed */
  repair(): Promise<string>;
}

/** The mistake of `sql/sample/break.sql`. @param folder where sql/sample is */
export function createBreakage(shown: ShownStack, folder: URL = ROOT): Breakage {
  const runner = createSqlRunner(shown.api, {
    ...{ clusterIdentifier: LOCAL_CLUSTER, database: LOCAL_DATABASE, dbUser: 'owner' },
  });
  const file = new URL(FILE, folder);
  let isMade = false;
  return {
    describe: async () => describeFile(await readIfThere(file)),
    get isMade() {
      return isMade;
    },
    async make() {
      await runner.transaction(FILE, splitSql((await readIfThere(file)) ?? ''));
      isMade = true;
      return `${FILE} was applied. The next load fails at an audit.`;
    },
    async repair() {
      const files = await readMigrations(MIGRATIONS, USERS);
      const repeatable = files.filter(({ kind }) => kind === 'repeatable');
      for (const { script, statements } of repeatable)
        await runner.transaction(
          script,
          statements.map(({ text }) => text),
        );
      isMade = false;
      return 'The R__ files of sql/migrations were applied again. Redrive the run that failed, or load again.';
    },
  };
}

async function readIfThere(file: URL): Promise<string | undefined> {
  try {
    return decodeText(await readFile(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The first line of the comment at its head. */
function describeFile(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  return /^\/\*\s*(.+)/.exec(text)?.[1] ?? FILE;
}
