import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSoakWorld } from '../../../src/cli/soak/soak-world.ts';
import type { Pipeline } from '../../../src/definition/pipeline.ts';
import { type FunctionSpec, startWarehouse } from '../../../src/local/index.ts';
import { readDeployedFunctions } from '../../../src/local-stage/deployed-functions.ts';
import { localClientConfig } from '../../../src/local-stage/local-client-config.ts';
import { LOCAL_CLUSTER, LOCAL_DATABASE } from '../../../src/local-stage/local-stage.ts';
import { createSampleSource } from '../../../src/local-stage/sample.ts';
import { readSampleTasks } from '../../../src/local-stage/sample-tasks.ts';
import { type Stack, startStack } from '../../../src/local-stage/stack.ts';
import { migrate } from '../../../src/migrations/migrate.ts';
import { createSqlRunner } from '../../../src/migrations/sql-runner.ts';
import { newPipeline } from '../../../src/scaffold/new-pipeline.ts';
import { extent } from '../../fixtures/runner/extent.ts';
import { SEED } from '../../fixtures/runner/seed.ts';
import { listRequests, mappingRequests } from '../../fixtures/scaffold/made-up-requests.ts';
import { type MemoryProject, smallProject } from '../../fixtures/scaffold/project-in-memory.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const RUNS = extent(4, 40);
/** The orchestrator's own procedures, which every pipeline needs. */
const OWN = ['R__procedure_fence.sql', 'R__procedure_audit.sql'];
const OWN_GRANTS = `GRANT USAGE ON SCHEMA elt TO \${runtime};
GRANT EXECUTE ON PROCEDURE elt.sp_fence(varchar, varchar, varchar, varchar, varchar) TO \${runtime};
GRANT EXECUTE ON PROCEDURE elt.sp_audit(varchar, varchar, varchar) TO \${runtime};
`;

const START_RUN = `import { createHandler } from '${ROOT}handlers/start-run.ts';
import { createDms } from '${ROOT}src/aws/dms.ts';
import { readStageSettings } from '${ROOT}src/aws/environment.ts';
import { createStepFunctions } from '${ROOT}src/aws/step-functions.ts';
import { systemClock } from '${ROOT}src/clock.ts';
import { pipelines } from './src/pipelines/index.ts';

const clients = { dms: createDms(), sfn: createStepFunctions() };
export const handler = createHandler({ ...clients, clock: systemClock, pipelines, ...readStageSettings() });
`;

/** What refuses a name does so in words. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && ['InvalidConfig', 'InvalidPipeline'].includes(error.name);
}

/** One project to which the requests were made one after the other, and why some were refused. */
function fill(): { project: MemoryProject; made: readonly string[]; refused: readonly string[] } {
  const project = smallProject();
  const [made, refused]: string[][] = [[], []];
  const drawn = fc.sample(fc.oneof(listRequests, mappingRequests), { numRuns: RUNS, seed: SEED });
  for (const [index, make] of drawn.entries()) {
    const request = make(index + 1);
    try {
      const changes = newPipeline(request, project);
      project.apply(changes);
      made?.push(request.name);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      refused?.push((error as Error).message);
    }
  }
  return { project, made: made ?? [], refused: refused ?? [] };
}

describe('pipelines that were made up', () => {
  const { project, made, refused } = fill();
  let folder: string;
  let pipelines: readonly Pipeline[];
  let stack: Stack;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'elt-scaffold-'));
    for (const [path, text] of project.texts) await write(path, text);
    for (const file of OWN)
      await write(`sql/migrations/${file}`, await readFile(join(ROOT, 'sql/migrations', file), 'utf8'));
    await write('sql/migrations/R__user_grants.sql', OWN_GRANTS);
    await write('start-run.ts', START_RUN);
    await symlink(join(ROOT, 'src/definition'), join(folder, 'src/definition'));
    pipelines = (await import(pathToFileURL(join(folder, 'src/pipelines/index.ts')).href)).pipelines;
    stack = await startProject();
  });
  afterAll(async () => {
    await stack?.close();
    await rm(folder, { recursive: true });
  });

  /** start-run looks for its pipelines in its own code. */
  function withPipelines(spec: FunctionSpec): FunctionSpec {
    return spec.name === 'start-run'
      ? { ...spec, module: pathToFileURL(join(folder, 'start-run.ts')) }
      : spec;
  }

  async function write(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }

  async function startProject(): Promise<Stack> {
    const sample = pathToFileURL(`${folder}/sql/sample/`);
    const started = await startStack({
      ...{ port: 0, pipelines, functions: readDeployedFunctions().map(withPipelines) },
      warehouse: startWarehouse(() => {}).starting,
      tasks: await readSampleTasks(pipelines, undefined, sample),
      ...{ onNotification: () => {}, onLog: () => {}, report: () => {} },
    });
    await createSampleSource(started.warehouse, { kind: 'small' }, undefined, sample);
    const target = { clusterIdentifier: LOCAL_CLUSTER, database: LOCAL_DATABASE, dbUser: 'owner' };
    const api = new RedshiftDataClient(localClientConfig(started.url));
    await migrate({
      runner: createSqlRunner(api, target),
      folder: join(folder, 'sql/migrations'),
      placeholders: { owner: 'owner', runtime: 'runtime', dms: 'dms' },
      pipelines,
    });
    api.destroy();
    return started;
  }

  it('are some, and refusals say why', () => {
    expect(made.length).toBeGreaterThan(RUNS / 4);
    for (const message of refused)
      expect(message).toMatch(/^(?:pipeline|table|task|column|the|nothing|\S+\.(?:ts|yml|sql|json)).{10}/s);
  });

  it('are all listed, under the names that were asked for', () => {
    expect(pipelines.map(({ name }) => name)).toEqual(made);
  });

  it('are all run to production', async () => {
    const ends: Record<string, unknown> = {};
    for (const pipeline of pipelines) ends[pipeline.name] = await endOfLoad(stack, pipeline);

    expect(ends).toEqual(Object.fromEntries(made.map((name) => [name, 'published'])));
  });
});

/** How the run of a pipeline's load ended. */
async function endOfLoad(stack: Stack, pipeline: Pipeline): Promise<unknown> {
  const world = createSoakWorld(stack, pipeline);
  try {
    await world.load(true);
    const [execution] = await world.executions();
    if (execution === undefined) return 'no run was started';
    const { status, error, cause, output } = await world.endOf(execution);
    return status === 'SUCCEEDED' ? JSON.parse(output ?? '{}').outcome : `${status}: ${error}: ${cause}`;
  } finally {
    world.close();
  }
}
