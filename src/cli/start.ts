import './tell-failure.ts';

import { Command, InvalidArgumentError, Option } from 'commander';
import type { Pipeline } from '../definition/pipeline.ts';
import { assertPipelineTypes } from '../framework/pipeline-types.ts';
import type { SampleRows } from '../local-stage/sample.ts';
import { startSampleStack } from '../local-stage/sample-stack.ts';
import { pipelines } from '../pipelines/index.ts';
import { obstacleLines } from './check/check-locally.ts';
import { pipelineByName, shortNameOf } from './pipeline-by-name.ts';
import { openFile } from './report/open-file.ts';
import { NOBODY_READS, runCommand } from './run-command.ts';
import { describeStop } from './screen/describe-stop.ts';
import type { FollowedRun } from './screen/follow-run.ts';
import { createProgressDisplay, type ProgressDisplay } from './screen/list/progress-display.ts';
import { showLoad } from './screen/show-load.ts';
import { collectNews, type StackNews } from './screen/stack-news.ts';
import { printableLines } from './screen/text/printable.ts';
import { hintsAfterFailure, tryNext } from './screen/try-next.ts';
import { untilLost } from './stop/until-lost.ts';
import { endAtOnce, untilStopped } from './stop/until-stopped.ts';

const LOCAL_AWS = 'local AWS';

interface StartFlags {
  readonly pipeline?: string;
  readonly rows?: number;
  readonly sample: 'small' | 'as-published';
  readonly verbose?: boolean;
  readonly open?: boolean;
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
  .option('--open', 'open the report of the run when it has ended')
  .option('--verbose', 'show what the Lambda functions log, on stderr')
  .action(start);

/** What has been seen of the load so far. */
interface Seen {
  followed?: FollowedRun;
  report?: string;
}

async function start(flags: StartFlags): Promise<void> {
  const stopped = untilStopped();
  const pipeline = await pipelineByName(flags.pipeline ?? '');
  const display = createProgressDisplay(process.stdout);
  const news = collectNews(pipeline.name, display.sentence);
  const seen: Seen = {};
  display.begin(LOCAL_AWS);
  const starting = startSampleStack(stackOptions(flags, news));
  // The compiler has its time while PostgreSQL starts.
  const typed = assertPipelineTypes();
  typed.catch(() => undefined);
  const working = starting.then(async (stack) => {
    display.end(LOCAL_AWS, `ready at ${stack.url}, sql/ applied`);
    await typed;
    if (await isStopped(stack.url, pipeline, display)) return 1;
    const code = await showLoad({
      ...{ stack, pipeline, pipelines, display, news, ...noted(seen) },
      hints: hintsAfterFailure(pipeline, flags.sample),
      tryNext: tryNext(pipeline, await shortNameOf(pipeline)),
    });
    if (flags.open) await openReport(seen, display);
    return code;
  });
  const interrupted = stopped.then(async ({ reason, exitCode }) => {
    display.close();
    // Who reads on no more wants no more.
    if (exitCode !== NOBODY_READS) tellOnStderr(['', ...describeStop(reason, seen.followed)]);
    return endAtOnce(starting, exitCode);
  });
  try {
    process.exitCode = await Promise.race([working, interrupted, untilLost(starting)]);
  } finally {
    display.close();
    // What was under way fails when its stack is taken away; the reason has been told by then.
    await Promise.allSettled([starting.then((stack) => stack.close()), working]);
  }
}

/** What would fail the run is told before anything is loaded, all at once. */
async function isStopped(url: string, pipeline: Pipeline, display: ProgressDisplay): Promise<boolean> {
  const lines = await obstacleLines(url, pipeline, pipelines, display.columns);
  for (const line of lines) display.line(line);
  return lines.length > 0;
}

function stackOptions(flags: StartFlags, news: StackNews) {
  return {
    port: 0,
    sample: sampleOf(flags),
    onNotification: news.onNotification,
    onTaskLog: news.onTaskLog,
    onLog: (functionName: string, line: string) => {
      news.onLog(functionName, line);
      if (flags.verbose) tellOnStderr([`${functionName}: ${line}`]);
    },
  };
}

function noted(seen: Seen) {
  return {
    onRun: (followed: FollowedRun) => {
      seen.followed = followed;
    },
    onReport: (path: string) => {
      seen.report = path;
    },
  };
}

/** A report that cannot be opened is there all the same. */
async function openReport({ report }: Seen, display: ProgressDisplay): Promise<void> {
  if (report === undefined) return;
  const reason = await openFile(report);
  if (reason !== undefined) display.line(`! the report was not opened: ${reason}`);
}

function tellOnStderr(lines: readonly string[]): void {
  process.stderr.write(`${lines.map(printableLines).join('\n')}\n`);
}

function sampleOf({ rows, sample }: StartFlags): SampleRows {
  return rows === undefined ? { kind: sample } : { kind: 'many', rows };
}

function parseRows(text: string): number {
  if (!/^\d{1,9}$/.test(text))
    throw new InvalidArgumentError('must be a whole number of at most nine digits.');
  return Number(text);
}

await runCommand(command);
