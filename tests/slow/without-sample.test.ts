import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const NOT_COPIED = ['.git', 'node_modules', '.serverless'];

/** What a user deletes who has no use for the sample; the fence is the product's. */
const SAMPLE = ['src/pipelines/customer-sales.ts', 'sql/sample', 'sql/checks', 'tests/sample'];
const FENCE = 'R__procedure_fence.sql';

const PIPELINES = `import { definePipeline } from '../definition/define-pipeline.ts';
import type { Pipeline } from '../definition/pipeline.ts';

/** Every pipeline of this service. */
export const pipelines: readonly Pipeline[] = [
  definePipeline({
    name: 'load-shelves',
    tasks: ['shelves-task'],
    stagedTables: ['mart.shelves_stg'],
    steps: { Load_Shelves: { call: 'mart.sp_load_shelves' } },
  }),
];
`;

let folder: string;

describe('the project without the sample, and with a pipeline of another name', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'elt-no-sample-'));
    const names = (await readdir(ROOT)).filter((name) => !NOT_COPIED.includes(name));
    for (const name of names) await cp(join(ROOT, name), join(folder, name), { recursive: true });
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const migrations = (await readdir(join(folder, 'sql/migrations'))).filter((file) => file !== FENCE);
    for (const path of [...SAMPLE, ...migrations.map((file) => `sql/migrations/${file}`)])
      await rm(join(folder, path), { recursive: true });
    await writeFile(join(folder, 'src/pipelines/index.ts'), PIPELINES);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    ['lint', ['biome', 'check', '--error-on-warnings']],
    ['no unused file', ['knip']],
    ['types', ['tsc']],
    ['unit tests', ['vitest', 'run', '--project', 'unit']],
    ['its own pipeline', ['vitest', 'run', '--project', 'whole', 'tests/pipelines']],
  ])('is green: %s', async (_, [command = '', ...args]) => {
    await promisify(execFile)(join(folder, 'node_modules/.bin', command), args, { cwd: folder });
  });
});
