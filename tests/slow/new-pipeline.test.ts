import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyProject, runIn } from '../fixtures/scaffold/copied-project.ts';

const ERP = ['pipeline', 'erp-orders', '--tables', 'erp.orders,erp.customers'];

let folder: string;

const bin = (command: string, ...args: readonly string[]) =>
  runIn(folder, join(folder, 'node_modules/.bin', command), ...args);
const cli = (file: string, ...args: readonly string[]) =>
  runIn(folder, process.execPath, `src/cli/${file}.ts`, ...args);

/** Every file of the folders that the command writes to, with its text. */
async function written(): Promise<Readonly<Record<string, string>>> {
  const folders = ['src/pipelines', 'sql/migrations', 'sql/sample', 'sql/checks'];
  const names = await Promise.all(folders.map((at) => readdir(join(folder, at)).catch(() => [])));
  const paths = folders.flatMap((at, index) => (names[index] ?? []).map((name) => `${at}/${name}`));
  const texts = [...paths, 'serverless.yml'].map(async (path) => [
    path,
    await readFile(join(folder, path), 'utf8'),
  ]);
  return Object.fromEntries(await Promise.all(texts));
}

describe('a project with a new pipeline, and a step, a check and an audit added to it', () => {
  beforeAll(async () => {
    folder = await copyProject('new');
    await cli('new', ...ERP);
    await cli('new', 'pipeline', 'class', '--tables', 'Sales Mart.Order,ü.select', '--task', 'night-load');
    const step = ['--call', 'erp.sp_load_orders', '--after', 'Load_Orders'];
    await cli('new', 'step', 'Load_Orders_Again', '--pipeline', 'erp-orders', ...step);
    await cli('new', 'check', 'orders_without_name', '--pipeline', 'erp-orders');
    await cli(
      'new',
      'audit',
      '--pipeline',
      'erp-orders',
      '--step',
      'Load_Orders',
      '--unique',
      'erp.orders:id,name',
    );
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    ['lint', ['biome', 'check', '--error-on-warnings']],
    ['no unused file', ['knip']],
    ['types', ['tsc']],
    ['unit tests', ['vitest', 'run', '--project', 'unit']],
    ['the pipelines', ['vitest', 'run', '--project', 'whole', 'tests/pipelines']],
    [
      'the sample beside it',
      [
        'vitest',
        'run',
        '--project',
        'whole',
        'tests/sample/loads',
        'tests/sample/deadlines',
        'tests/sample/console',
      ],
    ],
    ['the rules about the project', ['vitest', 'run', '--project', 'whole', 'tests/contract']],
    ['package', ['sls', 'package']],
  ])('is green: %s', async (_, [command = '', ...args]) => {
    await bin(command, ...args);
  });

  it.each(['erp-orders', 'class'])('loads %s to production', async (pipeline) => {
    const { stdout } = await cli('start', '--pipeline', pipeline);

    expect(stdout).toContain('✓ the run SUCCEEDED');
  });

  it('says so when it is asked for what is there, and changes nothing', async () => {
    const before = await written();

    const { stdout } = await cli(
      'new',
      'pipeline',
      'class',
      '--tables',
      'Sales Mart.Order,ü.select',
      '--task',
      'night-load',
    );

    expect(stdout).toBe('Everything is there already. Nothing was changed.\n');
    expect(await written()).toEqual(before);
  });

  it('overwrites nothing, and writes nothing beside what it would overwrite', async () => {
    const own = 'sql/sample/source.stock.sql';
    await writeFile(join(folder, own), 'SELECT 1;\n');
    const before = await written();

    await expect(cli('new', 'pipeline', 'stock')).rejects.toMatchObject({
      code: 1,
      stderr: `InvalidConfig: nothing was written, because nothing is overwritten. There already: ${own}\n`,
    });

    expect(await written()).toEqual(before);
  });
});
