import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertPipelineTypes } from '../../../src/framework/pipeline-types.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const pipelineWith = (steps: string) => `import { definePipeline } from '../definition/define-pipeline.ts';

export const pipelines = [
  definePipeline({ name: 'load-x', tasks: ['x'], stagedTables: ['a.b'], steps: { ${steps} } }),
];
`;

describe('the types of pipelines', () => {
  let copy: string;
  beforeAll(async () => {
    copy = await mkdtemp(join(tmpdir(), 'elt-types-'));
    for (const name of ['src', 'package.json', 'tsconfig.json', 'tsconfig.pipelines.json'])
      await cp(join(ROOT, name), join(copy, name), { recursive: true });
    await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  });
  afterAll(() => rm(copy, { recursive: true }));
  const check = async (steps: string) => {
    await writeFile(join(copy, 'src/pipelines/index.ts'), pipelineWith(steps));
    await assertPipelineTypes(copy);
  };

  it('are right where each step has its own name', async () => {
    await expect(
      check("Load_X: { call: 'a.x' }, Load_Y: { call: 'a.y', after: ['Load_X'] }"),
    ).resolves.toBeUndefined();
  });

  it('tell file and line of a step that is named twice: the first definition would be lost', async () => {
    await expect(check("Load_X: { call: 'a.x' }, Load_X: { call: 'a.y' }")).rejects.toThrow(
      /^src\/pipelines\/index\.ts:4:\d+: An object literal cannot have multiple properties with the same name\.$/,
    );
  });

  it('tell of a step that is to follow one that is not there, and of a field that does not exist', async () => {
    await expect(check("Load_X: { call: 'a.x', after: ['Load_Z'], timeout: 5 }")).rejects.toThrow(
      /^src\/pipelines\/index\.ts:4:\d+: .*(?:Load_Z|timeout)/,
    );
  });
});
