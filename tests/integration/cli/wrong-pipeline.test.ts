import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const WRONG = `import { definePipeline } from '../definition/define-pipeline.ts';

export const pipelines = [
  definePipeline({ name: 'load-x', tasks: ['x'], stagedTables: ['a.b'], steps: { Load_X: { call: 'sp_x' } } }),
];
`;

/** A copy of the sources, whose only pipeline calls a procedure without a schema. */
let copy: string;

async function run([file, ...args]: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const command = [`src/cli/${file}.ts`, ...args];
  const child = spawn(process.execPath, command, { cwd: copy, env: { ...process.env, DEBUG: '', ...env } });
  let [output, errors] = ['', ''];
  child.stdout.on('data', (data) => {
    output += data;
  });
  child.stderr.on('data', (data) => {
    errors += data;
  });
  const [code] = await once(child, 'close');
  return { code, output, errors };
}

describe('a command, where a pipeline’s definition is wrong', () => {
  beforeAll(async () => {
    copy = await mkdtemp(join(tmpdir(), 'elt-wrong-'));
    for (const name of ['src', 'handlers', 'package.json', 'serverless.yml'])
      await cp(join(ROOT, name), join(copy, name), { recursive: true });
    await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    await writeFile(join(copy, 'src/pipelines/index.ts'), WRONG);
  });
  afterAll(() => rm(copy, { recursive: true }));

  it.each([
    ['asl', '--help'],
    ['start', '--help'],
    ['migrate', '--help'],
    ['simulate', '--help'],
    // These load pipelines while PostgreSQL starts, which must not be left behind.
    ['local', '--port', '0'],
    ['soak', '--loads', '1'],
  ])('says so in one line and ends with 1: %s', async (...command) => {
    expect(await run(command)).toEqual({
      code: 1,
      output: '',
      errors: expect.stringMatching(
        /^(chaos: 0 faults\n)?InvalidPipeline: src\/pipelines\/index\.ts:4: pipeline "load-x": steps\.Load_X\.call: must be .*\n$/,
      ),
    });
  });

  it('shows the stack when DEBUG is set', async () => {
    const { code, errors } = await run(['asl', '--help'], { DEBUG: '1' });

    expect(code).toBe(1);
    expect(errors).toMatch(/\n +at definePipeline /);
  });
});
