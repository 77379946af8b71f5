import { execFileSync } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from './account.ts';
import { accountId } from './account.ts';
import { OWNER_FILE, RUN_FOLDER_PREFIX } from './run-folder.ts';
import { isGone } from './run-owner.ts';

/** Stops servers and removes folders whose process died together with its guardian. Never throws. */
export function sweepLeftovers(account: Account, parent = tmpdir()): void {
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(RUN_FOLDER_PREFIX)) continue;
    const folder = join(parent, name);
    if (isAbandoned(folder, account)) removeRun(folder);
  }
}

function isAbandoned(folder: string, account: Account): boolean {
  try {
    const status = lstatSync(folder);
    if (!status.isDirectory() || status.uid !== accountId(account)) return false;
    return isGone(JSON.parse(readFileSync(join(folder, OWNER_FILE), 'utf8')));
  } catch {
    return false;
  }
}

function removeRun(folder: string): void {
  try {
    const pid = readServerPid(folder);
    if (pid !== undefined && commandOf(pid).includes(folder)) process.kill(pid, 'SIGQUIT');
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  } catch {
    // What cannot be removed now is looked at again by the next start.
  }
}

function readServerPid(folder: string): number | undefined {
  try {
    return Number(readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n')[0]);
  } catch {
    return undefined;
  }
}

function commandOf(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' });
  } catch {
    return '';
  }
}
