import './tell-failure.ts';

import { Command, Option } from 'commander';
import { pipelines } from '../pipelines/index.ts';
import { classOfPlan, isEmptyPlan, type Plan } from '../plan/plan.ts';
import { type PlanFlags, planAgainstFile } from './plan/make-plan.ts';
import { planLines } from './plan/plan-lines.ts';
import { planAgainstStage } from './plan/plan-stage.ts';
import { runCommand } from './run-command.ts';
import { readableColumns } from './screen/readable-columns.ts';
import { printableLines } from './screen/text/printable.ts';
import { tellFailure } from './tell-failure.ts';

interface CommandFlags extends PlanFlags {
  readonly format: 'text' | 'json' | 'mermaid';
}

const command = new Command('npm run plan --')
  .description(
    'Shows what this tree would change in a stage, and what each change can do. Changes nothing. Without --stage and --against it shows the pipelines themselves. Exits with 2 when it could not look.',
  )
  .option('--stage <name>', 'compare with this stage, as it is deployed')
  .option('--against <path>', 'compare with a template that was kept, or with a folder of npm run package')
  .option(
    '--packaged <folder>',
    'take what npm run package has written as this tree, functions’ code included',
  )
  .addOption(
    new Option('--format <format>', 'text, json or mermaid')
      .choices(['text', 'json', 'mermaid'])
      .default('text'),
  )
  .action(run);

/** What keeps it from looking is no plan. */
const COULD_NOT_LOOK_CODE = 2;

async function run(flags: CommandFlags): Promise<void> {
  try {
    const plan =
      flags.against === undefined
        ? await planAgainstStage(flags, pipelines)
        : await planAgainstFile(flags, flags.against);
    if (plan.failed.length > 0) process.exitCode = COULD_NOT_LOOK_CODE;
    process.stdout.write(`${flags.format === 'json' ? jsonOf(plan) : textOf(plan)}\n`);
  } catch (error) {
    tellFailure(error);
    process.exitCode = COULD_NOT_LOOK_CODE;
  }
}

function jsonOf(plan: Plan): string {
  const all = { class: classOfPlan(plan) ?? 'harmless', isEmpty: isEmptyPlan(plan), ...plan };
  return JSON.stringify(all, undefined, 2);
}

function textOf(plan: Plan): string {
  return printableLines(planLines(plan, readableColumns(process.stdout)).join('\n'));
}

await runCommand(command);
