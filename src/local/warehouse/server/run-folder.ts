import { chownSync, mkdtempSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from './account.ts';
import { startFailure } from './server-error.ts';

export const RUN_FOLDER_PREFIX = 'elt-warehouse-';
/** File in a run folder that says which process it belongs to. */
export const OWNER_FILE = 'owner.json';

export interface RunOwner {
  readonly pid: number;
  /** Process ids mean something on one machine (or container) only. */
  readonly hostname: string;
}

/** Makes the private folder of one server: data, socket, and binaries where they must be copied. */
export function makeRunFolder(account: Account, parent = tmpdir()): string {
  try {
    const folder = mkdtempSync(join(parent, RUN_FOLDER_PREFIX));
    const owner: RunOwner = { pid: process.pid, hostname: hostname() };
    writeFileSync(join(folder, OWNER_FILE), JSON.stringify(owner));
    if (account.uid !== undefined) chownSync(folder, account.uid, account.gid ?? account.uid);
    return folder;
  } catch (error) {
    throw startFailure(`making a folder in ${parent}`, '', error);
  }
}
