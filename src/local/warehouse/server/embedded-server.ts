import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDatabases } from '../bootstrap/bootstrap.ts';
import { type Account, canRun, chooseAccount } from './account.ts';
import { type Binaries, copyBinaries, findBinaries, linkLibraries } from './binaries.ts';
import { type DatabaseServer, serverLost, startFailure, WarehouseServerError } from './database-server.ts';
import { type Guardian, startGuardian } from './guardian.ts';
import { makeRunFolder, removeRun, sweepLeftovers } from './run-folder.ts';
import { chooseListening, type Listening, writeSettings } from './settings.ts';
import { copyTemplate, dropTemplate, keepTemplate, templateFolder } from './template.ts';

const ADMIN_USER = 'elt_admin';
const PASSWORD_FILE = 'elt-password';

/** One start: where it runs and who guards it. */
interface Run {
  readonly folder: string;
  readonly data: string;
  readonly guardian: Guardian;
  readonly listening: Listening;
  readonly account: Account;
}

export interface EmbeddedServerOptions {
  /** Gets a line when the first start takes longer. */
  readonly report: (line: string) => void;
  /** Folder that keeps initialised data between starts. @default node_modules/.cache/elt-warehouse */
  readonly cacheFolder?: string | undefined;
}

/**
 * Starts a PostgreSQL server of this process's own, from the package in node_modules.
 * @throws WarehouseServerError
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<DatabaseServer> {
  const binaries = findBinaries();
  const account = chooseAccount();
  sweepLeftovers(account);
  const run = await beginRun(binaries, account);
  try {
    const password = await startFilled(
      run,
      templateFolder(binaries, account, options.cacheFolder),
      options.report,
    );
    const connection = (database: string, user: string) => ({ ...run.listening, database, user, password });
    return {
      connection,
      admin: (database) => connection(database, ADMIN_USER),
      lost: run.guardian.died.then(() => serverLost(run.guardian.log())),
      close: () => endRun(run),
    };
  } catch (error) {
    const log = run.guardian.log();
    await endRun(run);
    throw error instanceof WarehouseServerError ? error : startFailure('starting PostgreSQL', log, error);
  }
}

/** The guardian cleans up; should somebody have killed it, this process does. */
async function endRun({ guardian, folder }: Run): Promise<void> {
  await guardian.close();
  if (existsSync(folder)) removeRun(folder);
}

async function beginRun(binaries: Binaries, account: Account): Promise<Run> {
  const folder = makeRunFolder(account);
  const isReady = linkLibraries(binaries.folder) && canRun(binaries.folder, account);
  const native = isReady ? binaries.folder : join(folder, 'native');
  const guardian = startGuardian(folder, join(native, 'bin'), account);
  try {
    if (!isReady) copyBinaries(binaries.folder, native, account);
    return {
      folder,
      data: join(folder, 'data'),
      guardian,
      account,
      listening: await chooseListening(folder),
    };
  } catch (error) {
    await guardian.close();
    throw error;
  }
}

/** Starts the server on a copy of the template or, where there is none that works, on new data. Returns the password. */
async function startFilled(run: Run, template: string, report: (line: string) => void): Promise<string> {
  if (await copyTemplate(template, run.data)) {
    try {
      writeSettings(run.folder, run.listening);
      await run.guardian.start();
      return readFileSync(join(run.data, PASSWORD_FILE), 'utf8');
    } catch {
      // Half a template, or one of a server that cannot be started here: it is made again.
      dropTemplate(template);
      rmSync(run.data, { recursive: true, force: true });
    }
  }
  report('local warehouse: preparing PostgreSQL for the first time');
  const password = await makeData(run);
  await keepTemplate(run.data, template, run.account);
  await run.guardian.start();
  return password;
}

async function makeData(run: Run): Promise<string> {
  const password = randomBytes(24).toString('hex');
  const passwordFile = join(run.folder, PASSWORD_FILE);
  writePrivateFile(passwordFile, password, run.account);
  const code = await run.guardian.initialize([...INITDB_OPTIONS, `--pwfile=${passwordFile}`]);
  if (code !== 0) throw startFailure('initdb', run.guardian.log());
  writePrivateFile(join(run.data, PASSWORD_FILE), password, run.account);
  writeSettings(run.folder, run.listening);
  await run.guardian.start();
  await makeDatabases({ ...run.listening, user: ADMIN_USER, password });
  await run.guardian.stop();
  return password;
}

const INITDB_OPTIONS = [
  `--username=${ADMIN_USER}`,
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--no-data-checksums',
  '--no-instructions',
  '--no-sync',
  '--wal-segsize=4',
];

function writePrivateFile(path: string, content: string, { uid, gid }: Account): void {
  writeFileSync(path, content, { mode: 0o600 });
  if (uid !== undefined) chownSync(path, uid, gid ?? uid);
}
