import { chownSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from './account.ts';
import { thisProcess } from './run-owner.ts';
import { startFailure } from './server-error.ts';

export const RUN_FOLDER_PREFIX = 'elt-warehouse-';
/** File in a run folder that says which process it belongs to. */
export const OWNER_FILE = 'owner.json';

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
