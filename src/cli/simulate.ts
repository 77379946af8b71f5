import './tell-failure.ts';

import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { DEFECTS } from '../simulation/defects/defects.ts';
import { replaySeed } from '../simulation/fleet/run-jobs.ts';
import { runSeeds, searchDefects } from '../simulation/fleet/run-seeds.ts';
import { summarize, type Totals } from '../simulation/fleet/totals.ts';
import { runCommand } from './run-command.ts';
import { nameOfReason, untilStopped } from './stop/until-stopped.ts';

interface SimulateFlags {
  readonly seeds?: number;
  readonly first: number;
  readonly seed?: number;
  readonly threads: number;
  readonly defects?: true;
}

const WORLDS = 200;
/** Some mistakes take a rare chance to show. */
const DEFECT_WORLDS = 1_000;

const command = new Command('npm run simulate --')
  .description(
    'Simulates days of pipelines, loads, people and faults in virtual time, and checks what becomes of each load.',
  )
  .option(
    '--seeds <number>',
    'number of worlds, each with the next seed (default: 200; 1,000 with --defects)',
    parsePositive,
  )
  .option('--first <seed>', 'the first seed', parseWhole, 1)
  .option('--seed <seed>', 'run one world only, and show all that happens in it', parseWhole)
  .option('--threads <number>', 'number of worlds at a time', parsePositive, availableParallelism())
  .option('--defects', 'look for a seed that notices each deliberate mistake instead')
  .action(simulate);

/** What has come out of it so far, for a person who stops it. */
let soFar = 'before a world was done';

async function simulate(flags: SimulateFlags): Promise<void> {
  void untilStopped().then(({ reason, exitCode }) => {
    process.stderr.write(`\nstopped: ${nameOfReason(reason)}, ${soFar}\n`);
    // The threads have nothing to put away.
    process.exit(exitCode);
  });
  if (flags.seed !== undefined) return replay(flags.seed);
  if (flags.defects) return findDefects(flags);
  const startedAt = performance.now();
  const totals = await runSeeds({
    first: flags.first,
    count: flags.seeds ?? WORLDS,
    threads: flags.threads,
    onProgress: createProgress(flags.seeds ?? WORLDS),
  });
  const seconds = (performance.now() - startedAt) / 1000;
  print([...summarize(totals), `in ${seconds.toFixed(1)} s`]);
  const [first] = totals.violated;
  if (first === undefined) return;
  process.exitCode = 1;
  await replay(first.seed);
}

const PROGRESS_MS = 2_000;

/** Tells of progress, at most every two seconds. */
function createProgress(all: number): (totals: Totals) => void {
  let toldAt = performance.now();
  return ({ worlds, violated }) => {
    const seeds = violated.map(({ seed }) => seed).join(', ');
    soFar = `after ${worlds} of ${all} worlds: ${seeds === '' ? 'no violation' : `violations in seeds ${seeds}`}`;
    if (performance.now() - toldAt < PROGRESS_MS) return;
    toldAt = performance.now();
    process.stderr.write(`… ${worlds} worlds, ${violated.length} with violations\n`);
  };
}

/** A world that is well is told whole; of one that is not, the shortest way to what is wrong. */
async function replay(seed: number): Promise<void> {
  process.stderr.write(
    `… running the world of seed ${seed}, and looking for the fewest faults if it has a violation\n`,
  );
  const { report, log } = await replaySeed({ seed });
  const isWell = report.violations.length === 0;
  const faults = report.faults.map(({ id }) => id).join(' ') || 'none';
  print([
    ...log,
    '',
    `seed ${seed}: ${isWell ? 'no violation' : report.violations.join('; ')}`,
    `faults: ${faults}`,
  ]);
  if (!isWell) process.exitCode = 1;
}

async function findDefects({ seeds = DEFECT_WORLDS, threads }: SimulateFlags): Promise<void> {
  process.stderr.write(`… looking for ${DEFECTS.length} mistakes, each in up to ${seeds} worlds\n`);
  let looked = 0;
  const findings = await searchDefects(seeds, threads, ({ defect, seed, violation }) => {
    looked += 1;
    soFar = `after ${looked} of ${DEFECTS.length} mistakes`;
    print([seed === undefined ? `✗ ${defect}: not noticed` : `✓ ${defect}: seed ${seed}, ${violation}`]);
  });
  if (findings.some(({ seed }) => seed === undefined)) process.exitCode = 1;
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

function parseWhole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('must be a whole number.');
  return Number(text);
}

function parsePositive(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('must be a whole number from 1.');
  return Number(text);
}

await runCommand(command);
