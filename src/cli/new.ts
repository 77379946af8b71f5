import './tell-failure.ts';

import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { addStep } from '../scaffold/edit-pipeline.ts';
import { type AuditRequest, newAudit } from '../scaffold/new-audit.ts';
import { newCheck } from '../scaffold/new-check.ts';
import { newPipeline } from '../scaffold/new-pipeline.ts';
import type { ProjectChanges } from '../scaffold/project.ts';
import { formatChanges } from './new/format-changes.ts';
import { readMappingsFile } from './new/read-mappings-file.ts';
import { exportedNames, projectIn } from './new/read-project.ts';
import { writeUnlessThere } from './new/write-unless-there.ts';
import { runCommand } from './run-command.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

interface PipelineFlags {
  readonly task?: string;
  readonly tables?: readonly string[];
  readonly mappings?: string;
}

interface StepFlags {
  readonly pipeline: string;
  readonly call: string;
  readonly after?: readonly string[];
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
  .option(
    '--mappings <file>',
    'table mappings of a DMS task, as JSON: tables, new names, columns as far as it names them',
  )
  .action(async (name: string, { task, tables, mappings: file }: PipelineFlags) => {
    const mappings = file === undefined ? undefined : await readMappingsFile(file);
    const project = projectIn(ROOT);
    const exported = exportedNames(ROOT, `src/pipelines/${name}.ts`);
    const isExported = (identifier: string) => exported.has(identifier);
    await write(newPipeline({ name, task, tables, mappings, isExported }, project));
  });

command
  .command('step')
  .description('adds a step that calls a procedure')
  .argument('<name>', 'name of the step: letters, digits, underscores')
  .requiredOption('--pipeline <name>', 'pipeline, by its name or its file’s')
  .requiredOption('--call <procedure>', 'procedure, schema.name')
  .option('--after <list>', 'steps that must have ended before, with commas between', splitList)
  .action((step: string, { pipeline, call, after }: StepFlags) =>
    write(addStep({ pipeline, step, definition: { call, ...(after ? { after } : {}) } }, projectIn(ROOT))),
  );

command
  .command('check')
  .description('adds a check: a query in sql/checks that finds wrong rows, and a step that runs it')
  .argument('<name>', 'name of the query’s file, without .sql')
  .requiredOption('--pipeline <name>', 'pipeline, by its name or its file’s')
  .option('--after <list>', 'steps that must have ended before, with commas between', splitList)
  .action((name: string, { pipeline, after }: StepFlags) =>
    write(newCheck({ pipeline, name, after }, projectIn(ROOT))),
  );

command
  .command('audit')
  .description('adds an audit to a step: a key of a table, checked in the step’s transaction')
  .requiredOption('--pipeline <name>', 'pipeline, by its name or its file’s')
  .requiredOption('--step <name>', 'step that fills the table')
  .requiredOption('--unique <table:columns>', 'schema.table:column[,column]: columns that tell rows apart')
  .action((flags: AuditRequest) => write(newAudit(flags, projectIn(ROOT))));

async function write(changes: ProjectChanges): Promise<void> {
  process.stdout.write(`${writeUnlessThere(ROOT, await formatChanges(ROOT, changes)).join('\n')}\n`);
}

function splitList(text: string): readonly string[] {
  return text.split(',').map((item) => item.trim());
}

await runCommand(command);
