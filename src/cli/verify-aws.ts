import './tell-failure.ts';

import { Command, Option } from 'commander';
import { count } from '../count.ts';
import { InvalidConfig } from '../errors/errors.ts';
import { questions as allQuestions } from '../verify-aws/questions.ts';
import type { LeftThing } from '../verify-aws/scratch.ts';
import { scratchSchema } from '../verify-aws/scratch-name.ts';
import {
  creationLines,
  exitCodeOfVerdicts,
  questionLines,
  verdictRow,
  verdictTable,
  wrongAssumptions,
} from '../verify-aws/verdicts.ts';
import type { CheckFlags } from './check/check-settings.ts';
import { whenAskedAgain } from './migrate/when-asked-again.ts';
import { runCommand } from './run-command.ts';
import { printable, printableLines } from './screen/text/printable.ts';
import { nameOfReason, untilStopped } from './stop/until-stopped.ts';
import { tellFailure } from './tell-failure.ts';
import { askConsent } from './verify-aws/ask-consent.ts';
import { chooseQuestions, type Intention, runVerify, type Verified } from './verify-aws/run-verify.ts';

interface VerifyFlags extends CheckFlags {
  readonly only?: string;
  readonly list?: boolean;
  readonly yes?: boolean;
  readonly format: 'markdown' | 'json';
}

const command = new Command('npm run verify-aws --')
  .description(
    'Asks a real account what no offline check can know: the list "Not verified against AWS" in docs/guarantees.md. It sends small statements and calls, says first what it creates, and removes it. Exits with 0 when all is as hoped, with 1 when an answer is no, with 2 when something stays open.',
  )
  .option(
    '--stage <name>',
    'stage whose account is asked; without it the local AWS, whose answers settle nothing',
  )
  .option('--only <ids>', 'only these questions, separated by commas')
  .option('--list', 'print the questions and what each creates; nothing is asked')
  .option('--yes', 'do not ask before something is created')
  .addOption(
    new Option('--format <format>', 'of what is printed').choices(['markdown', 'json']).default('markdown'),
  )
  .option('--endpoint-url <url>', 'endpoint instead of AWS: its answers settle nothing')
  .option('--region <name>', 'Region, instead of the one that serverless.yml deploys to')
  .option('--runtime-user <name>', 'user who runs the pipelines; by default the stage’s dbUser')
  .option('--dms-user <name>', 'user of the target endpoint', 'dms')
  .option('--owner-user <name>', 'user who migrates: may create schemas', 'owner')
  .option('--db-user <name>', 'user of the cluster who migrates; by default the owner')
  .option('--secret-arn <arn>', 'secret that holds the user who migrates')
  .action(verify);

/** What keeps it from asking is no answer: the exit code tells them apart. */
const NOTHING_ASKED_CODE = 2;

async function verify(flags: VerifyFlags): Promise<void> {
  try {
    const questions = chooseQuestions(allQuestions, flags.only);
    if (flags.list) return print(questionLines(questions));
    const verified = await runVerify(flags, {
      ...{ questions, signal: stopSignal() },
      agree: (plan) => agree(plan, flags.yes === true),
      onAsk: ({ id }) => tell(`… ${id}`),
      onRow: ({ verdict, evidence }) => tell(`  ${verdict}: ${evidence}`),
      onRemove: (things) =>
        tell(`… removing ${things.map(({ kind, name }) => `${kind} ${name}`).join(', ')}`),
    });
    if (verified !== undefined) return show(verified, flags.format);
    tell('nothing was asked and nothing was created');
    process.exitCode ??= NOTHING_ASKED_CODE;
  } catch (error) {
    tellFailure(error);
    process.exitCode = NOTHING_ASKED_CODE;
  }
}

function show({ asked, left, setting }: Verified, format: VerifyFlags['format']): void {
  const rows = asked.map((one) => verdictRow(one, setting));
  // A command that was stopped says so by its own code.
  process.exitCode ??= exitCodeOfVerdicts(rows);
  if (format === 'json') print([JSON.stringify({ rows, left }, undefined, 2)]);
  else print(verdictTable(rows));
  for (const line of wrongAssumptions(asked, setting)) tell(`✗ ${line}`);
  for (const thing of left) tell(leftLine(thing));
  if (!setting.isAws) tell('! this was not AWS: nothing is settled');
}

function leftLine({ kind, name, reason, command }: LeftThing): string {
  return `✗ ${kind} ${name} could not be removed: ${reason}. Remove it: ${command}`;
}

/** Says what is created and removed, and asks for consent. @throws InvalidConfig where nobody can be asked */
async function agree(
  { settings, questions, name, leftovers }: Intention,
  isAgreed: boolean,
): Promise<boolean> {
  const { stage, place } = settings;
  tell(
    `stage ${stage.stage} at ${place.endpointUrl ?? place.region ?? 'the default Region'}: ${count(questions.length, 'question')}`,
  );
  const created = creationLines(questions, name, scratchSchema(name));
  tell(created.length === 0 ? 'nothing is created' : 'created, and removed at the end:');
  for (const line of created) tell(`  – ${line}`);
  if (leftovers.things.length > 0) tell('removed, because earlier runs have left it:');
  for (const { kind, name: left } of leftovers.things) tell(`  – ${kind} ${left}`);
  for (const why of leftovers.unknown) tell(`! not looked for what earlier runs have left: ${why}`);
  if (isAgreed || (created.length === 0 && leftovers.things.length === 0)) return true;
  if (!process.stdin.isTTY) throw new InvalidConfig('nobody can be asked here: pass --yes to agree to it');
  // Ctrl-C takes the same way as at any other moment.
  return askConsent({ input: process.stdin, output: process.stderr }, () => process.emit('SIGINT'));
}

/** Aborted when the command is to stop: nothing more is asked, and what was created is removed. */
function stopSignal(): AbortSignal {
  const stop = new AbortController();
  void untilStopped().then(({ reason, exitCode }) => {
    process.exitCode = exitCode;
    stop.abort();
    tell(`… stopped by ${nameOfReason(reason)}: removing what was created`);
    // Whoever asks again does not want to wait for that.
    const end = () => process.exit(exitCode);
    process.on(
      'SIGINT',
      whenAskedAgain(() => performance.now(), end),
    );
  });
  return stop.signal;
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${printableLines(lines.join('\n'))}\n`);
}

function tell(line: string): void {
  process.stderr.write(`${printable(line)}\n`);
}

await runCommand(command);
