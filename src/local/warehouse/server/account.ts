import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** The operating system's user a server runs as; absent ids mean: the user of this process. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

const NOBODY = 65534;

/** PostgreSQL refuses to run as root: root's servers run as nobody. */
export function chooseAccount(uid = process.getuid?.()): Account {
  return uid === 0 ? { uid: NOBODY, gid: NOBODY } : {};
}

/** The number that keys what belongs to an account. */
export function accountId(account: Account): number {
  return account.uid ?? process.getuid?.() ?? 0;
}

/** Whether the account can run the server in `folder`: it may lie below a folder that only root may enter. */
export function canRun(folder: string, account: Account): boolean {
  const options = { ...account, cwd: '/', env: serverEnvironment(), stdio: 'ignore' } as const;
  return spawnSync(join(folder, 'bin/postgres'), ['--version'], options).status === 0;
}

/** A server's environment holds nothing of ours: no credentials, no PG… variables, no locale. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', TZ: 'UTC', LC_ALL: 'C' };
}
