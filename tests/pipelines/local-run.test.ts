import { existsSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSoakWorld, type SoakWorld } from '../../src/cli/soak/soak-world.ts';
import { startSampleStack } from '../../src/local-stage/sample-stack.ts';
import { SAMPLE_FOLDER } from '../../src/local-stage/sample-tasks.ts';
import type { Stack } from '../../src/local-stage/stack.ts';
import { pipelines } from '../../src/pipelines/index.ts';

/** Without a source there is nothing that a task could load. */
const hasSource =
  existsSync(SAMPLE_FOLDER) && readdirSync(SAMPLE_FOLDER).some((file) => /^source(?:\..+)?\.sql$/.test(file));
const runnable = hasSource ? pipelines : [];

/** How the run of a pipeline's load ended: its outcome, or what it failed of. */
async function runLoad(world: SoakWorld): Promise<unknown> {
  await world.load(true);
  const [execution] = await world.executions();
  if (execution === undefined) return 'no run was started';
  const { status, error, cause, output } = await world.endOf(execution);
  return status === 'SUCCEEDED' ? JSON.parse(output ?? '{}').outcome : `${status}: ${error}: ${cause}`;
}

describe.runIf(runnable.length > 0)('on the local stack, with the source of sql/sample', () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await startSampleStack({
      port: 0,
      sample: { kind: 'small' },
      onNotification: () => {},
      onLog: () => {},
    });
  });
  afterAll(() => stack?.close());

  it.each(runnable.map((pipeline) => [pipeline.name, pipeline] as const))(
    '%s is run to production',
    async (_, pipeline) => {
      const world = createSoakWorld(stack, pipeline);
      try {
        expect(await runLoad(world)).toBe('published');
      } finally {
        world.close();
      }
    },
  );
});
