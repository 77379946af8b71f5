import './tell-failure.ts';

import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { newPipeline } from '../scaffold/new-pipeline.ts';
import type { Changes } from '../scaffold/project.ts';
import { formatChanges } from './new/format-changes.ts';
import { exportedNames, projectIn } from './new/read-project.ts';
import { settle } from './new/settle.ts';
import { runCommand } from './run-command.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

interface PipelineFlags {
  readonly task?: string;
  readonly tables?: readonly string[];
  readonly mappings?: string;
}

const command = new Command('npm run new --').description(
  'Writes a pipeline, or adds to one. Nothing is overwritten; a second call changes nothing.',
);

command
  .command('pipeline')
  .description('writes a pipeline with tables, procedures, grants, audits, table mappings and made-up rows')
  .argument('<name>', 'name of the pipeline: lower-case letters, digits, hyphens')
  .option('--task <identifier>', 'DMS task that loads the tables; NAME-task without it')
  .option('--tables <list>', 'tables of the source, schema.table, with commas between', splitList)
  .action(async (name: string, { task, tables }: PipelineFlags) => {
    const project = projectIn(ROOT);
    const exported = exportedNames(ROOT, `src/pipelines/${name}.ts`);
    const isExported = (identifier: string) => exported.has(identifier);
    await write(newPipeline({ name, task, tables, isExported }, project));
  });

async function write(changes: Changes): Promise<void> {
  process.stdout.write(`${settle(ROOT, await formatChanges(ROOT, changes)).join('\n')}\n`);
}

function splitList(text: string): readonly string[] {
  return text.split(',').map((item) => item.trim());
}

await runCommand(command);
