import { definePipeline } from '../../definition/define-pipeline.ts';
import type { AuditDefinition } from '../../steps/audit/definition.ts';
import type { NewFile } from '../project.ts';
import type { ScaffoldTable } from '../tables/scaffold-table.ts';

export interface PipelineModule {
  readonly name: string;
  readonly task: string;
  readonly identifier: string;
  readonly tables: readonly ScaffoldTable[];
}

/** Path of a pipeline's file. */
export function pipelinePath(name: string): string {
  return `src/pipelines/${name}.ts`;
}

/** The file of a pipeline. @throws InvalidPipeline where the names do not make one */
export function pipelineModule({ name, task, identifier, tables }: PipelineModule): NewFile {
  const stagedTables = tables.map(({ staged, source }) => ({
    table: staged,
    source: `${source.schema}.${source.name}`,
  }));
  const steps = Object.fromEntries(
    tables.map((table) => [table.step, { call: table.procedure, audit: [auditOf(table)] }]),
  );
  definePipeline({ name, tasks: [task], stagedTables: stagedTables as [(typeof stagedTables)[0]], steps });
  const written = tables.map(
    (table) => `    ${table.step}: {
      call: ${JSON.stringify(table.procedure)},
      // guessed: ${table.key.length > 0 ? 'the columns that tell rows apart' : 'how many rows it must have'}
      audit: [${JSON.stringify(auditOf(table))}],
    },`,
  );
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
${written.join('\n')}
  },
});
`,
  };
}

function auditOf({ production, key }: ScaffoldTable): AuditDefinition {
  const [first, ...more] = key;
  return first === undefined
    ? { rows: production, min: 1 }
    : { unique: production, columns: [first, ...more] };
}
