import './tell-failure.ts';

import { fileURLToPath } from 'node:url';
import { Command, Option } from 'commander';
import { addStep } from '../scaffold/edit-pipeline.ts';
import type { FoundStage } from '../scaffold/found/found-stage.ts';
import { type AuditRequest, newAudit } from '../scaffold/new-audit.ts';
import { newCheck } from '../scaffold/new-check.ts';
import { newPipeline } from '../scaffold/new-pipeline.ts';
import type { ProjectChanges } from '../scaffold/project.ts';
import { formatChanges } from './new/format-changes.ts';
import { readMappingsFile } from './new/read-mappings-file.ts';
import { exportedNames, projectIn } from './new/read-project.ts';
import type { FromStageFlags } from './new/stage/read-found-stage.ts';
import { writeUnlessThere } from './new/write-unless-there.ts';
import { runCommand } from './run-command.ts';
import { printableLines } from './screen/text/printable.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

interface PipelineFlags {
  readonly task?: string;
  readonly tables?: readonly string[];
  readonly mappings?: string;
  readonly fromStage?: string;
  readonly endpointUrl?: string;
  readonly region?: string;
  readonly runtimeUser?: string;
  readonly dmsUser: string;
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
  .addOption(
    new Option(
      '--from-stage <name>',
      'stage that has the task already; it is only asked: mappings and settings of the task, tables and procedures of the warehouse',
    ).conflicts('mappings'),
  )
  .option('--endpoint-url <url>', 'with --from-stage: endpoint instead of AWS')
  .option('--region <name>', 'with --from-stage: Region, instead of the one that serverless.yml deploys to')
  .option(
    '--runtime-user <name>',
    'with --from-stage: user who runs the pipelines; by default the stage’s dbUser',
  )
  .option('--dms-user <name>', 'with --from-stage: user of the target endpoint', 'dms')
  .action(async (name: string, flags: PipelineFlags) => {
    const { task, tables, mappings: file, fromStage } = flags;
    const mappings = file === undefined ? undefined : await readMappingsFile(file);
    const found = fromStage === undefined ? undefined : await foundIn({ ...flags, fromStage });
    const project = projectIn(ROOT);
    const exported = exportedNames(ROOT, `src/pipelines/${name}.ts`);
    const isExported = (identifier: string) => exported.has(identifier);
    await write(newPipeline({ name, task, tables, mappings, found, isExported }, project));
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

/** Loaded where it is needed: it takes the SDK and the pipelines. */
async function foundIn(flags: FromStageFlags): Promise<FoundStage> {
  const { readFoundStage } = await import('./new/stage/read-found-stage.ts');
  return readFoundStage(flags);
}

async function write(changes: ProjectChanges): Promise<void> {
  const lines = writeUnlessThere(ROOT, await formatChanges(ROOT, changes));
  process.stdout.write(`${printableLines(lines.join('\n'))}\n`);
}

function splitList(text: string): readonly string[] {
  return text.split(',').map((item) => item.trim());
}

await runCommand(command);
