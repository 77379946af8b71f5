import './tell-failure.ts';

import { Command } from 'commander';
import { pipelines } from '../pipelines/index.ts';
import { exitCodeOf } from '../preflight/finding.ts';
import type { CheckFlags } from './check/check-settings.ts';
import { checkStageOf } from './check/check-stage-of.ts';
import { countFindings, findingLines } from './check/finding-lines.ts';
import { pipelineByName } from './pipeline-by-name.ts';
import { runCommand } from './run-command.ts';
import { readableColumns } from './screen/readable-columns.ts';
import { printableLines } from './screen/text/printable.ts';
import { tellFailure } from './tell-failure.ts';

const command = new Command('npm run check --')
  .description(
    'Finds out before the first load what would stop it: in the warehouse, in DMS, in the stage. Changes nothing. Exits with 1 for problems, with 2 when it could not look.',
  )
  .option('--stage <name>', 'stage; without it the local AWS that npm run local keeps running')
  .option('--pipeline <name>', 'only this pipeline, by its name or its file’s')
  .option('--json', 'write the findings as JSON')
  .option('--endpoint-url <url>', 'endpoint instead of AWS')
  .option('--region <name>', 'Region, instead of the one that serverless.yml deploys to')
  .option('--runtime-user <name>', 'user who runs the pipelines; by default the stage’s dbUser')
  .option('--dms-user <name>', 'user of the target endpoint', 'dms')
  .option('--owner-user <name>', 'user who migrates, and reads the history of migrations', 'owner')
  .option('--db-user <name>', 'user of the cluster who reads that history; by default the owner')
  .option('--secret-arn <arn>', 'secret that holds the user who reads that history')
  .action(check);

/** What keeps it from looking is no finding: the exit code tells them apart. */
const COULD_NOT_LOOK_CODE = 2;

async function check(flags: CheckFlags): Promise<void> {
  try {
    const chosen = flags.pipeline === undefined ? pipelines : [await pipelineByName(flags.pipeline)];
    const { findings, title, skipped } = await checkStageOf(flags, chosen, pipelines);
    process.exitCode = exitCodeOf(findings);
    if (flags.json) return void process.stdout.write(`${JSON.stringify(findings, undefined, 2)}\n`);
    const columns = readableColumns(process.stdout);
    const lines = [
      title,
      '',
      ...findingLines(findings, columns),
      findings.length === 0 ? '✓ nothing stands in the way of a load' : countFindings(findings),
      ...skipped,
    ];
    process.stdout.write(`${printableLines(lines.join('\n'))}\n`);
  } catch (error) {
    tellFailure(error);
    process.exitCode = COULD_NOT_LOOK_CODE;
  }
}

await runCommand(command);
