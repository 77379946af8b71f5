import './tell-failure.ts';

import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import { systemClock } from '../clock.ts';
import { MigrationFailed } from '../errors/errors.ts';
import { findLiveRuns } from '../executions/live-runs.ts';
import { affectedPipelines, awaitRuns, describeRuns } from '../migrations/await-runs.ts';
import { dueMigrations, type MigrateOptions, migrate } from '../migrations/migrate.ts';
import { createSqlRunner } from '../migrations/sql-runner.ts';
import { pipelines } from '../pipelines/index.ts';
import { describeTarget, readSettings, type SettingsFlags } from './migrate/migrate-settings.ts';
import { whenAskedAgain } from './migrate/when-asked-again.ts';
import { runCommand } from './run-command.ts';
import { createProgressDisplay, type ProgressDisplay } from './screen/list/progress-display.ts';
import { createStageClients } from './stage/stage-clients.ts';
import { untilStopped } from './stop/until-stopped.ts';

const MIGRATIONS = fileURLToPath(new URL('../../sql/migrations', import.meta.url));

/** What takes longer is told of. */
const SLOW_MS = 2_000;

interface MigrateFlags extends SettingsFlags {
  readonly folder?: string;
  readonly wait?: boolean;
  readonly dryRun?: boolean;
}

const command = new Command('npm run migrate --')
  .description(
    'Applies sql/migrations to the Redshift of a stage through the Data API, and creates the fence tables of its pipelines.',
  )
  .option('--stage <name>', 'stage; its parameters in serverless.yml say where its Redshift is')
  .option('--endpoint-url <url>', 'endpoint instead of AWS: without a stage, that of npm run local')
  .option('--dry-run', 'show what would be applied, and apply nothing')
  .option('--wait', 'wait until no run of a pipeline is alive, instead of stopping')
  .option('--cluster-identifier <name>', 'provisioned cluster, instead of the stage’s')
  .option('--workgroup-name <name>', 'serverless workgroup, instead of the stage’s')
  .option('--database <name>', 'database, instead of the stage’s')
  .option('--secret-arn <arn>', 'secret that holds the user who migrates; the stage’s holds the one who runs')
  .option('--db-user <name>', 'user of the cluster who migrates; by default the owner')
  .option('--region <name>', 'Region, instead of the one that serverless.yml deploys to')
  .option('--owner-user <name>', 'user whom the files call owner', parseName, 'owner')
  .option(
    '--runtime-user <name>',
    'user whom the files call runtime; by default the stage’s dbUser, or runtime',
    parseName,
  )
  .option('--dms-user <name>', 'user whom the files call dms', parseName, 'dms')
  .option('--folder <path>', 'folder of the migrations; by default sql/migrations')
  .action(run);

async function run(flags: MigrateFlags): Promise<void> {
  const settings = await readSettings(flags);
  const clients = createStageClients(settings);
  const display = createProgressDisplay(process.stdout, () => performance.now());
  const signal = stopSignal(() => display.line('… stopping: cancelling what runs in the warehouse'));
  const options = {
    runner: createSqlRunner(clients.api, settings.target, { signal, onRepeat: tellRepeat(display) }),
    folder: flags.folder ?? MIGRATIONS,
    placeholders: settings.users,
    pipelines,
  };
  const runs = { sfn: clients.sfn, stage: settings.stage, pipelines: pipelines.map(({ name }) => name) };
  const onWait = flags.wait ? { onWait: (text: string) => display.line(`… ${text}`) } : {};
  const awaiting = { ...runs, clock: systemClock, signal, ...onWait };
  display.line(describeTarget(settings));
  try {
    if (flags.dryRun) await showDue(options, runs, display);
    else await applyDue({ ...options, allow: (due) => awaitRuns(awaiting, due) }, display);
  } catch (error) {
    if (!signal.aborted) throw error;
    display.close();
    const what = error === signal.reason ? ' while it waited' : `. ${String(error)}`;
    process.stderr.write(`${signal.reason.message}${what}\n`);
  } finally {
    display.close();
    clients.destroy();
  }
}

/** Aborted when the command is to stop; what runs in the warehouse is cancelled then, and waited for. */
function stopSignal(onStop: () => void): AbortSignal {
  const stop = new AbortController();
  void untilStopped().then(({ reason, exitCode }) => {
    process.exitCode = exitCode;
    stop.abort(new MigrationFailed(`stopped by ${reason}`));
    onStop();
    // Whoever asks again does not want to wait for that.
    process.on(
      'SIGINT',
      whenAskedAgain(
        () => performance.now(),
        () => process.exit(exitCode),
      ),
    );
  });
  return stop.signal;
}

async function applyDue(options: MigrateOptions, display: ProgressDisplay): Promise<void> {
  const applied = await whileHistoryIsRead(display, (isRead) =>
    migrate({
      ...options,
      allow: async (due) => {
        isRead();
        await options.allow?.(due);
      },
      onEarlier: onEarlier(display, isRead),
      onBegin: ({ script }) => display.begin(script),
      onEnd: ({ script }, outcome) =>
        display.end(
          script,
          outcome === 'applied' ? 'applied' : 'planned again, because another migrate changed the history',
        ),
    }),
  );
  display.line(applied.length === 0 ? '✓ nothing is due' : `✓ ${applied.length} applied, nothing is due`);
}

function tellRepeat(display: ProgressDisplay) {
  return (name: string, error: string, seconds: number) =>
    display.line(`… ${name} is tried again in ${seconds} s: ${error}`);
}

/** Another reason to wait than the history. */
function onEarlier(display: ProgressDisplay, isRead: () => void) {
  return (script: string) => {
    isRead();
    display.line(`… ${script} of an earlier migrate is still running: waiting for its end`);
  };
}

/** Tells of a history that cannot be read at once: another session has it locked. @param read is given what ends the telling */
async function whileHistoryIsRead<Result>(
  display: ProgressDisplay,
  read: (isRead: () => void) => Promise<Result>,
): Promise<Result> {
  const tell = () => display.line('… the history is still being read; another session may hold its lock');
  const timer = setTimeout(tell, SLOW_MS);
  try {
    return await read(() => clearTimeout(timer));
  } finally {
    clearTimeout(timer);
  }
}

async function showDue(
  options: Pick<MigrateOptions, 'runner' | 'folder' | 'placeholders' | 'pipelines'>,
  runs: { readonly sfn: Parameters<typeof findLiveRuns>[0]; readonly stage: string; pipelines: string[] },
  display: ProgressDisplay,
): Promise<void> {
  const due = await whileHistoryIsRead(display, (isRead) =>
    dueMigrations({ ...options, onEarlier: onEarlier(display, isRead) }),
  );
  for (const { script } of due) display.line(`  would be applied: ${script}`);
  if (due.length === 0) return display.line('✓ nothing is due');
  const alive = await findLiveRuns(runs.sfn, affectedPipelines(due, runs.pipelines), runs.stage);
  if (alive.length > 0) display.line(`! ${describeRuns(alive)}: nothing is applied until it has ended`);
}

function parseName(text: string): string {
  if (text === '') throw new InvalidArgumentError('must not be empty.');
  return text;
}

await runCommand(command);
