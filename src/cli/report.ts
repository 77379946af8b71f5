import './tell-failure.ts';

import { Command, InvalidArgumentError, Option } from 'commander';
import { type ReportFlags, writeReports } from './report/write-reports.ts';
import { runCommand } from './run-command.ts';

const command = new Command('npm run report --')
  .description(
    'Reports on a run: what happened, what took how long, and what to do. Or writes a folder of pages on the runs of a stage.',
  )
  .option('--execution-arn <arn>', 'the run; without it the last one that was started')
  .option('--pipeline <name>', 'pipeline whose last run it is, by its name or its file’s')
  .option('--stage <name>', 'stage; without it the local AWS that npm run local keeps running')
  .option('--endpoint-url <url>', 'endpoint instead of AWS')
  .option('--region <name>', 'Region, instead of the one that the ARN names or serverless.yml deploys to')
  .addOption(new Option('--format <format>').choices(['html', 'text', 'json']).default('html'))
  .option('--out <path>', 'file to write, or with --days the folder; text and JSON go to stdout without it')
  .option('--days <number>', 'write pages on all runs of so many days', parseDays)
  .action((flags: ReportFlags) => writeReports(flags));

function parseDays(text: string): number {
  const days = Number(text);
  if (!/^\d{1,4}$/.test(text) || days < 1 || days > 3650)
    throw new InvalidArgumentError('must be a whole number from 1 to 3650.');
  return days;
}

await runCommand(command);
