import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { localTaskArn } from '../../src/local-stage/local-stage.ts';
import { copyProject, type ProjectCopy } from '../fixtures/package/project-copy.ts';

/** Pipelines of ten steps, each with a task of its own. */
const PIPELINES = 100;

const MANY = `
  import { definePipeline } from '../definition/define-pipeline.ts';

  export const added = Array.from({ length: ${PIPELINES - 1} }, (_, index) =>
    definePipeline({
      name: \`load-area-\${index}\`,
      tasks: [\`area-\${index}\`],
      stagedTables: [\`mart.area_\${index}_stg\`],
      steps: Object.fromEntries(
        Array.from({ length: 10 }, (_, step) => [
          \`Load_\${step}\`,
          {
            call: \`mart.sp_load_\${step}\`,
            after: step === 0 ? [] : [\`Load_\${Math.floor((step - 1) / 2)}\`],
            audit: [{ unique: \`mart.area_\${index}_\${step}\`, columns: ['id'] }],
          },
        ]),
      ),
    }),
  );
`;

let project: ProjectCopy;

/** The command, from the start of its process to the end. */
async function plan(...flags: string[]): Promise<string> {
  const options = {
    ...{ cwd: project.folder, maxBuffer: 1e9 },
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE },
  };
  const { stdout } = await promisify(execFile)(process.execPath, ['src/cli/plan.ts', ...flags], options);
  return stdout;
}

describe(`npm run plan with ${PIPELINES} pipelines`, () => {
  beforeAll(async () => {
    project = await copyProject();
    const added = await project.addPipelines('many.ts', MANY);
    const file = join(project.folder, 'serverless.yml');
    const tasks = added
      .flatMap(({ tasks: [task = ''] }) => `\n      ${task}: ${localTaskArn(task)}`)
      .join('');
    await writeFile(file, (await readFile(file, 'utf8')).replace('    dmsTasks:', `    dmsTasks:${tasks}`));
    await writeFile(join(project.folder, 'kept.json'), await treeTemplate());
  });
  afterAll(() => project.remove());

  it('is made', async ({ bench }) => {
    const options = { iterations: 3, time: 0, warmupIterations: 1, warmupTime: 0 };
    await bench.compare(
      bench('against a template that was kept', async () => void (await plan('--against', 'kept.json'))),
      bench('of the pipelines themselves', async () => void (await plan('--format', 'json'))),
      options,
    );
  });
});

/** What the copy would deploy, as JSON: made by the copy’s own code. */
async function treeTemplate(): Promise<string> {
  const script = `
    import { makeTreeTemplate } from './src/cli/plan/tree-template.ts';
    const { template, findDefinition } = await makeTreeTemplate('local', 'us-east-1');
    for (const { Properties } of Object.values(template.Resources)) {
      if (Properties.DefinitionS3Location === undefined) continue;
      Properties.Definition = findDefinition({ name: '', key: Properties.DefinitionS3Location.Key });
      Properties.Definition.States.Take_Turn.Comment = 'other';
    }
    process.stdout.write(JSON.stringify(template));
  `;
  const options = { cwd: project.folder, maxBuffer: 1e9 };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', script],
    options,
  );
  return stdout;
}
