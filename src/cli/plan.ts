import './tell-failure.ts';

import { Command, Option } from 'commander';
import { InvalidConfig, MigrationFailed } from '../errors/errors.ts';
import { pipelines } from '../pipelines/index.ts';
import { classOfPlan, isEmptyPlan, type Plan } from '../plan/plan.ts';
import { pipelineByName } from './pipeline-by-name.ts';
import { type PlanFlags, planAgainstFile } from './plan/make-plan.ts';
import { planLines } from './plan/plan-lines.ts';
import { PLAN_FORMATS, type PlanFormat, showPipelines } from './plan/show-pipelines.ts';
import { runCommand } from './run-command.ts';
import { readableColumns } from './screen/readable-columns.ts';
import { printableLines } from './screen/text/printable.ts';
import { nameOfReason, untilStopped } from './stop/until-stopped.ts';
import { tellFailure } from './tell-failure.ts';

interface CommandFlags extends PlanFlags {
  readonly format: PlanFormat;
}

const command = new Command('npm run plan --')
  .description(
    'Shows what this tree would change in a stage, and what each change can do: harmless, changes results, cannot be undone. Without --stage and --against it shows the pipelines themselves. Changes nothing. Exits with 2 when it could not look.',
  )
  .option('--stage <name>', 'compare with this stage, as it is deployed')
  .option(
    '--against <path>',
    'compare with a template that was kept, or a folder of npm run package; asks nobody',
  )
  .option(
    '--packaged <folder>',
    'what npm run package has written of this tree: compares the functions’ code, too',
  )
  .option('--pipeline <name>', 'show only this pipeline, by its name or its file’s')
  .addOption(
    new Option('--format <format>', 'text, json, or mermaid for the pipelines')
      .choices(PLAN_FORMATS)
      .default('text'),
  )
  .option('--endpoint-url <url>', 'endpoint instead of AWS, such as that of npm run local')
  .option('--region <name>', 'Region, instead of the one that serverless.yml deploys to')
  .option('--owner-user <name>', 'user who migrates, and reads the history of migrations', 'owner')
  .option('--db-user <name>', 'user of the cluster who reads that history; by default the owner')
  .option('--secret-arn <arn>', 'secret that holds the user who reads that history')
  .option('--runtime-user <name>', 'user who runs the pipelines; by default the stage’s dbUser')
  .option('--dms-user <name>', 'user of the target endpoint', 'dms')
  .action(run);

/** What keeps it from looking is no plan. */
const COULD_NOT_LOOK_CODE = 2;

/** What takes longer is told of. */
const SLOW_MS = 2_000;

async function run(flags: CommandFlags): Promise<void> {
  const timer = setTimeout(() => process.stderr.write('… still comparing\n'), SLOW_MS);
  try {
    process.stdout.write(`${await outputOf(flags)}\n`);
  } catch (error) {
    tellFailure(error);
    process.exitCode = stopCode ?? COULD_NOT_LOOK_CODE;
  } finally {
    clearTimeout(timer);
  }
}

let stopCode: number | undefined;

/** Aborted on Ctrl-C and the like. */
function stopSignal(): AbortSignal {
  const stop = new AbortController();
  void untilStopped().then(({ reason, exitCode }) => {
    stopCode = exitCode;
    stop.abort(new MigrationFailed(`stopped by ${nameOfReason(reason)}`));
  });
  return stop.signal;
}

/** Loads the clients of AWS only where they are needed. */
async function planOfStage(flags: CommandFlags): Promise<Plan> {
  const signal = stopSignal();
  const { planAgainstStage } = await import('./plan/plan-stage.ts');
  return planAgainstStage(flags, pipelines, signal);
}

async function outputOf(flags: CommandFlags): Promise<string> {
  const { stage, against, format, pipeline, endpointUrl } = flags;
  const columns = readableColumns(process.stdout);
  if (stage === undefined && against === undefined && endpointUrl === undefined) {
    const shown = pipeline === undefined ? pipelines : [await pipelineByName(pipeline)];
    return showPipelines(shown, format, columns);
  }
  if (format === 'mermaid')
    throw new InvalidConfig(
      '--format mermaid draws pipelines: leave out --stage, --against and --endpoint-url',
    );
  if (pipeline !== undefined)
    throw new InvalidConfig(
      '--pipeline shows a pipeline of this tree; what is deployed is compared as a whole',
    );
  const plan = await (against === undefined ? planOfStage(flags) : planAgainstFile(flags, against));
  if (plan.failed.length > 0) process.exitCode = COULD_NOT_LOOK_CODE;
  return format === 'json' ? jsonOf(plan) : printableLines(planLines(plan, columns).join('\n'));
}

function jsonOf(plan: Plan): string {
  return JSON.stringify(
    { isEmpty: isEmptyPlan(plan), class: classOfPlan(plan) ?? null, ...plan },
    undefined,
    2,
  );
}

await runCommand(command);
