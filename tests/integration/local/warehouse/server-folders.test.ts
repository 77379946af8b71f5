import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { createWarehouse } from '../../../../src/local/warehouse/create-warehouse.ts';
import { chooseAccount } from '../../../../src/local/warehouse/server/account.ts';
import { findBinaries } from '../../../../src/local/warehouse/server/binaries.ts';
import { makeRunFolder, sweepLeftovers } from '../../../../src/local/warehouse/server/run-folder.ts';
import { templateFolder } from '../../../../src/local/warehouse/server/template.ts';
import { makeFolder } from './server-processes.ts';

describe('the template', () => {
  it('is made once, and whole, by processes that start at the same time', async () => {
    const cacheFolder = makeFolder('elt-test-cache-');
    const report = vi.fn();

    const warehouses = await Promise.all([
      createWarehouse({ cacheFolder, report }),
      createWarehouse({ cacheFolder, report }),
    ]);
    await Promise.all(warehouses.map((warehouse) => warehouse.close()));
    const [template = '', ...others] = readdirSync(cacheFolder);

    expect(report).toHaveBeenCalledTimes(2);
    expect(others).toEqual([]);
    const third = await createWarehouse({ cacheFolder, report });
    expect(report).toHaveBeenCalledTimes(2);
    expect(template).not.toMatch(/^partial-/);
    await third.close();
  });

  it('is made again when no server starts from it', async () => {
    const cacheFolder = makeFolder('elt-test-cache-');
    const template = templateFolder(findBinaries(), chooseAccount(), cacheFolder);
    mkdirSync(template);
    writeFileSync(join(template, 'PG_VERSION'), '18');

    const warehouse = await createWarehouse({ cacheFolder });
    const session = await warehouse.open('dev', 'owner');

    expect((await session.execute('SELECT 1')).rows).toEqual([['1']]);
    expect(readdirSync(template)).toContain('global');
    await warehouse.close();
  });

  it('is not needed: a cache that cannot be written only costs time', async () => {
    const file = join(makeFolder('elt-test-cache-'), 'file');
    writeFileSync(file, '');

    const warehouse = await createWarehouse({ cacheFolder: file });
    const session = await warehouse.open('dev', 'owner');

    expect((await session.execute('SELECT 1')).rows).toEqual([['1']]);
    await warehouse.close();
  });
});

describe('sweepLeftovers', () => {
  const account = chooseAccount();
  const owners = {
    dead: { pid: 2 ** 22 + 1, hostname: hostname() },
    alive: { pid: process.pid, hostname: hostname() },
    elsewhere: { pid: 2 ** 22 + 1, hostname: 'another-machine' },
  };

  it('removes folders of processes that are gone, and no others', () => {
    const parent = makeFolder('elt-test-sweep-');
    const made = Object.fromEntries(
      Object.entries(owners).map(([name, owner]) => {
        const folder = makeRunFolder(account, parent);
        writeFileSync(join(folder, 'owner.json'), JSON.stringify(owner));
        return [name, folder];
      }),
    );
    mkdirSync(join(parent, 'elt-warehouse-without-owner'));

    sweepLeftovers(account, parent);

    expect(Object.entries(made).map(([name, folder]) => [name, existsSync(folder)])).toEqual([
      ['dead', false],
      ['alive', true],
      ['elsewhere', true],
    ]);
    expect(existsSync(join(parent, 'elt-warehouse-without-owner'))).toBe(true);
  });
});
