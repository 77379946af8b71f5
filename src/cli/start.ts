import './tell-failure.ts';

import { Command, InvalidArgumentError, Option } from 'commander';
import type { Pipeline } from '../definition/pipeline.ts';
import type { SampleRows } from '../local/sample.ts';
import type { Stack } from '../local/stack.ts';
import { pipelines } from '../pipelines/index.ts';
import { describeOutcome } from './describe-outcome.ts';
import { followRun } from './follow-run.ts';
import { pipelineByName } from './pipeline-by-name.ts';
import { createProgressDisplay, type ProgressDisplay } from './progress-display.ts';
import { runCommand } from './run-command.ts';
import { runLoadTask } from './run-load-task.ts';
import { startSampleStack } from './sample-stack.ts';
import { countTables } from './table-counts.ts';
import { type Stop, untilStopped } from './until-stopped.ts';

const LOCAL_AWS = 'local AWS';

interface StartFlags {
  readonly pipeline?: string;
  readonly rows?: number;
  readonly sample: 'small' | 'as-published';
  readonly verbose?: boolean;
}

const command = new Command('npm start --')
  .description(
    'Runs the whole load on this machine: a DMS full load of the sample, its event, the pipeline, the tables.',
  )
  .option('--pipeline <name>', 'pipeline to follow, by its name or its file’s', pipelines[0]?.name)
  .addOption(
    new Option('--sample <name>', 'rows of the source').choices(['small', 'as-published']).default('small'),
  )
  .option('--rows <number>', 'as many sales in the source instead', parseRows)
  .option('--verbose', 'show what the Lambda functions log, on stderr')
  .action(start);

async function start(flags: StartFlags): Promise<void> {
  const stopped = untilStopped();
  const pipeline = await pipelineByName(flags.pipeline ?? '');
  const display = createProgressDisplay(process.stdout, () => performance.now());
  const taskLogs: Record<string, string[]> = Object.fromEntries(pipeline.tasks.map((task) => [task, []]));
  display.begin(LOCAL_AWS);
  const starting = startSampleStack({
    port: 0,
    sample: sampleOf(flags),
    onNotification: (message) => display.line(`notification ${message}`),
    onLog: logTo(flags, display),
    onTaskLog: (task, line) => void taskLogs[task]?.push(line),
  });
  const working = starting.then((stack) => runLoad(stack, pipeline, display, taskLogs));
  try {
    process.exitCode = await Promise.race([working, stopped.then(toldOnStderr)]);
  } finally {
    display.close();
    // What was under way fails when its stack is taken away; the reason has been told by then.
    await Promise.allSettled([starting.then((stack) => stack.close()), working]);
  }
}

/**
 * Runs the DMS tasks and follows the pipeline's run.
 * @param taskLogs what DMS has said of each task
 * @returns the exit code
 */
async function runLoad(
  stack: Stack,
  pipeline: Pipeline,
  display: ProgressDisplay,
  taskLogs: Readonly<Record<string, readonly string[]>>,
): Promise<number> {
  display.end(LOCAL_AWS, `ready at ${stack.url}, sql/ applied`);
  const end = await followRun(stack, pipeline, display, async () => {
    for (const identifier of pipeline.tasks)
      await runLoadTask({ url: stack.url, identifier, log: taskLogs[identifier] ?? [] }, display);
  });
  const tables = end?.status === 'SUCCEEDED' ? await countTables(stack.url, pipeline, pipelines) : [];
  display.close();
  for (const line of describeOutcome(end, tables, pipelines)) display.line(line);
  return end?.status === 'SUCCEEDED' ? 0 : 1;
}

function sampleOf({ rows, sample }: StartFlags): SampleRows {
  return rows === undefined ? { kind: sample } : { kind: 'many', rows };
}

/** Everything the functions log with --verbose; without, what keeps a run from being started. */
function logTo({ verbose }: StartFlags, display: ProgressDisplay) {
  return (name: string, line: string) => {
    if (verbose) process.stderr.write(`${name}: ${line}\n`);
    else if (name === 'start-run' && line.includes('"level":"ERROR"'))
      display.line(`! ${name}: ${JSON.parse(line).message}`);
  };
}

function toldOnStderr({ reason, exitCode }: Stop): number {
  process.stderr.write(`stopped: ${reason}\n`);
  return exitCode;
}

function parseRows(text: string): number {
  if (!/^\d{1,9}$/.test(text))
    throw new InvalidArgumentError('must be a whole number of at most nine digits.');
  return Number(text);
}

await runCommand(command);
