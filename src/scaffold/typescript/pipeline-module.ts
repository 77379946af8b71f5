import { definePipeline } from '../../definition/define-pipeline.ts';
import type { NewFile } from '../project.ts';
import type { ScaffoldStep } from '../tables/scaffold-step.ts';
import type { ScaffoldTable } from '../tables/scaffold-table.ts';

export interface PipelineModule {
  readonly name: string;
  readonly task: string;
  readonly identifier: string;
  readonly tables: readonly ScaffoldTable[];
  readonly steps: readonly ScaffoldStep[];
}

/** Path of a pipeline's file. */
export function pipelinePath(name: string): string {
  return `src/pipelines/${name}.ts`;
}

/** The file of a pipeline. @throws InvalidPipeline where the names do not make one */
export function pipelineModule({ name, task, identifier, tables, steps }: PipelineModule): NewFile {
  const stagedTables = tables.map(({ staged, source }) => ({
    table: staged,
    source: `${source.schema}.${source.name}`,
  }));
  definePipeline({
    ...{ name, tasks: [task], stagedTables: stagedTables as [(typeof stagedTables)[0]] },
    steps: Object.fromEntries(steps.map(({ name: step, definition }) => [step, definition])),
  });
  return {
    path: pipelinePath(name),
    text: `import { definePipeline } from '../definition/define-pipeline.ts';

/** Takes the loads of the DMS task ${task} to production. */
export const ${identifier} = definePipeline({
  name: ${JSON.stringify(name)},
  tasks: [${JSON.stringify(task)}],
  stagedTables: [
${stagedTables.map((table) => `    ${JSON.stringify(table)},`).join('\n')}
  ],
  steps: {
${steps.map(writeStep).join('\n')}
  },
});
`,
  };
}

function writeStep({ name, definition, remarks }: ScaffoldStep): string {
  const { audit, ...rest } = definition;
  const remark = remarks.map((line) => `      // ${line}`).join('\n');
  const fields = Object.entries(rest).map(([key, value]) => `      ${key}: ${JSON.stringify(value)},`);
  const audits = audit === undefined ? [] : [`      audit: ${JSON.stringify(audit)},`];
  return `    ${name}: {\n${[...fields, remark, ...audits].join('\n')}\n    },`;
}
