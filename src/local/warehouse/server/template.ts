import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { DATABASES, databaseScripts } from '../bootstrap/bootstrap.ts';
import { type Account, accountId } from './account.ts';
import type { Binaries } from './binaries.ts';
import { startFailure } from './database-server.ts';

const run = promisify(execFile);

/** Raise when a template made by older code must not be used any more and no SQL file shows it. */
const TEMPLATE_FORMAT = 5;
const PARTIAL_PREFIX = 'partial-';

/** The folder, below node_modules and so ignored by git, that keeps an initialised data folder between starts. */
export function templateFolder(
  binaries: Binaries,
  account: Account,
  cacheFolder = join(binaries.nodeModules, '.cache', 'elt-warehouse'),
): string {
  const content = JSON.stringify([TEMPLATE_FORMAT, DATABASES.map(databaseScripts)]);
  const digest = createHash('sha256').update(content).digest('hex').slice(0, 12);
  const key = `${binaries.version}-${accountId(account)}-${digest}`;
  return join(cacheFolder, key);
}

/** Copies the template to `target`. Returns false when there is none that can be used. */
export async function copyTemplate(template: string, target: string): Promise<boolean> {
  if (!existsSync(template)) return false;
  try {
    await copyFolder(template, target);
    return true;
  } catch (error) {
    rmSync(target, { recursive: true, force: true });
    if (existsSync(template)) throw startFailure(`copying ${template}`, '', error);
    return false;
  }
}

/**
 * Keeps a stopped server's data folder as the template: copied aside, then renamed, so that nobody ever sees half of it
 * and the first of two processes wins. A cache that cannot be written is no error: the next start is slower.
 */
export async function keepTemplate(data: string, template: string, account: Account): Promise<void> {
  const cache = dirname(template);
  let partial: string | undefined;
  try {
    mkdirSync(cache, { recursive: true });
    removeOthers(cache, account);
    partial = mkdtempSync(join(cache, PARTIAL_PREFIX));
    await copyFolder(data, join(partial, 'data'));
    dropMaps(join(partial, 'data', 'base'));
    renameSync(join(partial, 'data'), template);
  } catch {
    // Another process was faster, or the cache is read-only or full.
  } finally {
    if (partial !== undefined) rmSync(partial, { recursive: true, force: true });
  }
}

/**
 * Removes the maps of free space and of visibility, a quarter of all files: a start copies each file, and the server makes a map
 * anew when it needs it (documentation of PostgreSQL: Free Space Map, Visibility Map).
 */
function dropMaps(databases: string): void {
  for (const entry of readdirSync(databases, { recursive: true, withFileTypes: true })) {
    if (/^\d+_(fsm|vm)$/.test(entry.name)) rmSync(join(entry.parentPath, entry.name));
  }
}

/** Forgets a template that a server would not start from. */
export function dropTemplate(template: string): void {
  rmSync(template, { recursive: true, force: true });
}

async function copyFolder(source: string, target: string): Promise<void> {
  await run('cp', ['-a', source, target]);
}

const PARTIAL_MAX_AGE_MS = 10 * 60_000;

/** Removes the account's templates of other versions, and what a process that died while copying left. */
function removeOthers(cache: string, account: Account): void {
  for (const name of readdirSync(cache)) {
    const isOurs = name.startsWith(PARTIAL_PREFIX) || name.includes(`-${accountId(account)}-`);
    const folder = join(cache, name);
    const ageMs = Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (isOurs && ageMs > PARTIAL_MAX_AGE_MS) rmSync(folder, { recursive: true, force: true });
  }
}
