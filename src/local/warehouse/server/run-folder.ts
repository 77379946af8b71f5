import { execFileSync } from 'node:child_process';
import {
  chownSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Account, accountId } from './account.ts';
import { startFailure } from './database-server.ts';

const RUN_FOLDER_PREFIX = 'elt-warehouse-';
/** File in a run folder that says which process it belongs to. */
const OWNER_FILE = 'owner.json';

/** Makes the private folder of one server: data, socket, and binaries where they must be copied. */
export function makeRunFolder(account: Account, parent = tmpdir()): string {
  try {
    const folder = mkdtempSync(join(parent, RUN_FOLDER_PREFIX));
    writeFileSync(join(folder, OWNER_FILE), JSON.stringify(thisProcess()));
    if (account.uid !== undefined) chownSync(folder, account.uid, account.gid ?? account.uid);
    return folder;
  } catch (error) {
    throw startFailure(`making a folder in ${parent}`, '', error);
  }
}

/** The process that something on disk or in a database belongs to. */
export interface RunOwner {
  readonly pid: number;
  /** Process ids mean something on one machine (or container) only. */
  readonly hostname: string;
}

export function thisProcess(): RunOwner {
  return { pid: process.pid, hostname: hostname() };
}

/** Whether the owner is certainly gone. Of another machine's processes nothing is known. */
export function isGone(owner: RunOwner): boolean {
  return owner.hostname === hostname() && !isAlive(owner.pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A folder that says nothing about its owner is somebody's who is about to say it, or died before. */
const NAMELESS_MAX_AGE_MS = 10 * 60_000;

/** Stops servers and removes folders whose process died together with its guardian. Never throws. */
export function sweepLeftovers(account: Account, parent = tmpdir()): void {
  for (const name of namesIn(parent)) {
    if (!name.startsWith(RUN_FOLDER_PREFIX)) continue;
    const folder = join(parent, name);
    if (isAbandoned(folder, account)) removeRun(folder);
  }
}

/** A folder that cannot be read has nothing to sweep; making a run folder in it says what is wrong. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isAbandoned(folder: string, account: Account): boolean {
  const status = lstatSync(folder, { throwIfNoEntry: false });
  if (!status?.isDirectory() || status.uid !== accountId(account)) return false;
  return isOwnerGone(folder, status);
}

function isOwnerGone(folder: string, status: Stats): boolean {
  try {
    return isGone(JSON.parse(readFileSync(join(folder, OWNER_FILE), 'utf8')));
  } catch {
    return Date.now() - status.mtimeMs > NAMELESS_MAX_AGE_MS;
  }
}

/** Stops the server of a run folder if it still runs, and removes the folder; who owns it is forgotten last. */
export function removeRun(folder: string): void {
  try {
    stopServer(folder);
    rmSync(join(folder, 'data'), { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // What cannot be removed now is looked at again by the next start.
  }
}

const STOP_PAUSE_MS = 10;
const STOP_PAUSES = 300;

/** Waits for the server to be gone: it still writes while it ends. */
function stopServer(folder: string): void {
  const pid = readServerPid(folder);
  if (pid === undefined || !isServer(pid, folder)) return;
  process.kill(pid, 'SIGQUIT');
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let count = 0; isServer(pid, folder); count++) {
    if (count === STOP_PAUSES) process.kill(pid, 'SIGKILL');
    Atomics.wait(pause, 0, 0, STOP_PAUSE_MS);
  }
}

function readServerPid(folder: string): number | undefined {
  try {
    return Number(readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n')[0]);
  } catch {
    return undefined;
  }
}

/** Process ids are given again: the command tells whether it is still this folder's server. */
function isServer(pid: number, folder: string): boolean {
  try {
    return readCommand(pid).includes(folder);
  } catch {
    return false;
  }
}

/** Linux has /proc, and images without `ps`; macOS has `ps`. @throws Error when there is no such process */
function readCommand(pid: number): string {
  if (existsSync('/proc/self/cmdline')) return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' });
}
