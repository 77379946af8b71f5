import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readMigrations } from '../../../src/migrations/migration-files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'elt-files-'));
});
afterEach(() => rm(folder, { recursive: true }));

const read = () => readMigrations(folder, { owner: 'owner', runtime: 'runtime', dms: 'dms' });
const write = (...files: string[]) =>
  Promise.all(files.map((file) => writeFile(join(folder, file), 'SELECT 1;')));

describe('readMigrations', () => {
  it('reads SQL files in the order of their application, and leaves others alone', async () => {
    await write('R__b.sql', 'V10__c.sql', 'R__a.sql', 'V2__d.sql', 'README.md');

    expect((await read()).map(({ script }) => script)).toEqual([
      'V2__d.sql',
      'V10__c.sql',
      'R__a.sql',
      'R__b.sql',
    ]);
  });

  it.each([
    ['a name that is no migration’s', ['V1_x.sql'], 'V1_x.sql: is neither V<number>__<words>.sql nor'],
    ['an ending in capitals', ['V1__x.SQL'], 'V1__x.SQL: is neither'],
    ['a version twice', ['V1__a.sql', 'V01__b.sql'], 'V1__a.sql: has the same version as V01__b.sql'],
  ])('refuses %s', async (_, files, message) => {
    await write(...files);

    await expect(read()).rejects.toThrow(message);
  });

  it('takes the mark of UTF-8 away', async () => {
    await writeFile(join(folder, 'V1__a.sql'), '\uFEFFSELECT 1;');

    expect((await read()).flatMap(({ statements }) => statements)).toEqual([{ text: 'SELECT 1', line: 1 }]);
  });

  it.each([
    [
      'another encoding',
      (file: string) => writeFile(file, "INSERT INTO a VALUES ('M\u00fcller')", 'latin1'),
      'is not UTF-8',
    ],
    ['a link to nothing', (file: string) => symlink('gone.sql', file), 'cannot be read: Error: ENOENT'],
  ])('refuses %s, and names the file', async (_, make, message) => {
    await make(join(folder, 'V1__a.sql'));

    await expect(read()).rejects.toThrow(`V1__a.sql: ${message}`);
  });

  it('refuses a folder in it, whose files would be left out', async () => {
    await mkdir(join(folder, 'old'));

    await expect(read()).rejects.toThrow('old: is a folder; put all migrations into one folder');
  });

  it('says which folder cannot be read', async () => {
    const gone = readMigrations(join(folder, 'gone'), { owner: 'o', runtime: 'r', dms: 'd' });

    await expect(gone).rejects.toThrow(/the folder of migrations cannot be read: .*gone/);
  });
});
