import './tell-failure.ts';

import { Command, InvalidArgumentError, Option } from 'commander';
import type { SampleRows } from '../local-stage/sample.ts';
import { startSampleStack } from '../local-stage/sample-stack.ts';
import { pipelines } from '../pipelines/index.ts';
import { pipelineByName } from './pipeline-by-name.ts';
import { runCommand } from './run-command.ts';
import { createProgressDisplay } from './screen/progress-display.ts';
import { showLoad } from './screen/show-load.ts';
import { collectNews } from './screen/stack-news.ts';
import { untilLost } from './until-lost.ts';
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
  const news = collectNews(pipeline.name, display.sentence);
  display.begin(LOCAL_AWS);
  const starting = startSampleStack({
    port: 0,
    sample: sampleOf(flags),
    onNotification: news.onNotification,
    onTaskLog: news.onTaskLog,
    onLog: (name, line) => {
      news.onLog(name, line);
      if (flags.verbose) process.stderr.write(`${name}: ${line}\n`);
    },
  });
  const working = starting.then(async (stack) => {
    display.end(LOCAL_AWS, `ready at ${stack.url}, sql/ applied`);
    return showLoad({ stack, pipeline, pipelines, display, news, hints: hintsAfterFailure(flags) });
  });
  try {
    process.exitCode = await Promise.race([working, stopped.then(toldOnStderr), untilLost(starting)]);
  } finally {
    display.close();
    // What was under way fails when its stack is taken away; the reason has been told by then.
    await Promise.allSettled([starting.then((stack) => stack.close()), working]);
  }
}

/** What to do on this machine, where nothing is left of the stack. */
function hintsAfterFailure({ sample }: StartFlags): readonly string[] {
  return [
    ...(sample === 'as-published' ? ['npm start       the same with sales whose customers exist'] : []),
    'npm run local   keeps a local AWS running, to repair and redrive (see docs/by-hand.md)',
  ];
}

function sampleOf({ rows, sample }: StartFlags): SampleRows {
  return rows === undefined ? { kind: sample } : { kind: 'many', rows };
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
