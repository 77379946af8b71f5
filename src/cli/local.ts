import './tell-failure.ts';

import { Command, InvalidArgumentError } from 'commander';
import { moveSystemClock } from '../clock.ts';
import type { LocalConsole } from '../console/console.ts';
import { clockAt, dayAt } from '../definition/deadline/local-time.ts';
import { startSampleStack } from '../local-stage/sample-stack.ts';
import { addChaosFlags, type ChaosFlags, chaosOf, tellChaos } from './chaos-flags.ts';
import { readAt, timezoneOf } from './clock/read-at.ts';
import { runCommand } from './run-command.ts';
import { wholeNotification } from './screen/notification-lines.ts';
import { printableLines } from './screen/text/printable.ts';
import { untilLost } from './stop/until-lost.ts';
import { untilStopped } from './stop/until-stopped.ts';

interface LocalFlags extends ChaosFlags {
  readonly port: number;
  readonly failTable?: string;
  readonly verbose?: boolean;
  readonly sqlWrite?: boolean;
  readonly forms?: boolean;
  readonly at?: string;
}

const command = new Command('npm run local --')
  .description(
    'Keeps a local AWS running, with sql/ applied, for the AWS CLI and SDKs: --endpoint-url http://127.0.0.1:PORT. In a browser, the same address shows the runs.',
  )
  .option('--port <number>', 'port on 127.0.0.1; 0 takes any free one', parsePort, 4510)
  .option('--fail-table <schema.table>', 'source table that the DMS task fails to load, once')
  .option('--sql-write', 'lets the SQL page of the console write')
  .option(
    '--forms',
    'show each message in all its forms: e-mail, chat (https), queues and functions (sqs, lambda), phones (sms)',
  )
  .option(
    '--at <time>',
    'moves the clock, so that a deadline is seen in a minute: 06:29, or 2026-03-29T02:29',
  )
  .option('--verbose', 'show what the Lambda functions log, and each fault, on stderr')
  .action(keepRunning);

async function keepRunning({
  port,
  failTable,
  verbose,
  sqlWrite,
  forms: showsForms,
  at,
  ...flags
}: LocalFlags): Promise<void> {
  if (at !== undefined) await moveClock(at);
  const stopped = untilStopped();
  const report = (line: string) => void (verbose && process.stderr.write(`${printableLines(line)}\n`));
  const chaos = chaosOf(flags, { report });
  const loading = loadConsole(sqlWrite);
  const pages = loading.then((localConsole) => localConsole.pages);
  // The stack, which waits for them, tells what kept them from loading.
  pages.catch(() => undefined);
  const starting = startSampleStack({
    port,
    pages,
    sample: { kind: 'small' },
    ...(failTable ? { failTable } : {}),
    onNotification: (message, subject, forms) => {
      process.stdout.write(wholeNotification({ subject, message, ...(showsForms ? { forms } : {}) }));
      void loading.then(({ notify }) => notify(message, subject, forms));
    },
    onLog: (name, line) => report(`${name}: ${line}`),
    onTaskLog: (task, line) => void process.stderr.write(`${printableLines(`DMS task ${task}: ${line}`)}\n`),
    chaos,
  });
  const ready = starting.then(async (stack) => {
    (await loading).attach(stack);
    process.stdout.write(`ready ${stack.url}\nconsole: open ${stack.url}/ in a browser\n`);
  });
  try {
    await Promise.race([ready.then(() => stopped), stopped, untilLost(starting)]);
  } finally {
    const [console, stack] = await Promise.allSettled([loading, starting]);
    if (console.status === 'fulfilled') console.value.close();
    if (stack.status === 'fulfilled') await stack.value.close();
  }
  tellChaos(chaos);
}

/** Deadlines are those of the working tree: without one, nothing is told at any time. */
async function moveClock(at: string): Promise<void> {
  const { pipelines } = await import('../pipelines/index.ts');
  const timezone = timezoneOf(pipelines);
  const time = readAt(at, timezone, Date.now());
  moveSystemClock(time - Date.now());
  const names = pipelines.filter(({ deadline }) => deadline !== undefined).map(({ name }) => name);
  const watched = names.length === 0 ? 'no pipeline has a deadline' : `deadlines of ${names.join(', ')}`;
  process.stdout.write(
    `clock: ${dayAt(time, timezone)} ${clockAt(time, timezone)} ${timezone}; ${watched}\n`,
  );
}

/** Loads it while PostgreSQL starts, which takes longest of all. */
async function loadConsole(mayWrite: boolean | undefined): Promise<LocalConsole> {
  await Promise.resolve();
  const [{ createConsole }, { pipelines }] = await Promise.all([
    import('../console/console.ts'),
    import('../pipelines/index.ts'),
  ]);
  return createConsole({ pipelines, mayWrite });
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new InvalidArgumentError('must be a whole number from 0 to 65535.');
  return port;
}

addChaosFlags(command);
await runCommand(command);
