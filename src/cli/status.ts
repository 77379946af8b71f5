import './tell-failure.ts';

import { Command, Option } from 'commander';
import { systemClock } from '../clock.ts';
import { pipelines } from '../pipelines/index.ts';
import { readPipelineStatuses } from '../report/read/read-runs.ts';
import { runCommand } from './run-command.ts';
import { readableColumns } from './screen/readable-columns.ts';
import { statusLines } from './screen/status-lines.ts';
import { printableLines } from './screen/text/printable.ts';
import { askStage } from './stage/ask-stage.ts';
import { findStage, type StageFlags } from './stage/stage-place.ts';

interface StatusFlags extends StageFlags {
  readonly format: 'text' | 'json';
}

const command = new Command('npm run status --')
  .description(
    'Shows what is running, waiting, held and failed in a stage, and the last run of each pipeline.',
  )
  .option('--stage <name>', 'stage; without it the local AWS that npm run local keeps running')
  .option('--endpoint-url <url>', 'endpoint instead of AWS')
  .option('--region <name>', 'Region, instead of the one that serverless.yml deploys to')
  .addOption(new Option('--format <format>', 'text or json').choices(['text', 'json']).default('text'))
  .action(showStatus);

async function showStatus({ format, ...flags }: StatusFlags): Promise<void> {
  const place = await findStage(flags);
  const status = await askStage(place, ({ sfn, api }) =>
    readPipelineStatuses({ sfn, api, pipelines, clock: systemClock }, place.stage),
  );
  const text =
    format === 'json'
      ? JSON.stringify(status, undefined, 2)
      : printableLines(statusLines(status, readableColumns(process.stdout)).join('\n'));
  process.stdout.write(`${text}\n`);
}

await runCommand(command);
