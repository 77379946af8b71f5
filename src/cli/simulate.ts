import { Command, InvalidArgumentError } from 'commander';
import { simulateWorld, type WorldReport } from '../simulation/simulate-world.ts';
import { runCommand } from './run-command.ts';

interface SimulateFlags {
  readonly seeds: number;
  readonly first: number;
  readonly seed?: number;
}

const command = new Command('npm run simulate --')
  .description(
    'Runs worlds of pipelines, loads, people and faults in virtual time, and judges what became of each load.',
  )
  .option('--seeds <number>', 'how many worlds', parseCount, 100)
  .option('--first <number>', 'seed of the first', parseCount, 1)
  .option('--seed <number>', 'only the world of this seed, with its faults', parseCount)
  .action(simulate);

async function simulate({ seeds, first, seed }: SimulateFlags): Promise<void> {
  const all = seed === undefined ? Array.from({ length: seeds }, (_, index) => first + index) : [seed];
  const counts: Record<string, number> = {};
  let violated = 0;
  for (const [index, each] of all.entries()) {
    const report = await simulateWorld({ seed: each });
    for (const [name, count] of Object.entries(report.counts)) counts[name] = (counts[name] ?? 0) + count;
    if (report.violations.length > 0) violated += 1;
    for (const line of describeViolations(report, seed !== undefined)) process.stdout.write(`${line}\n`);
    if (index % 20 === 19) process.stderr.write(`${index + 1} of ${all.length} worlds\n`);
  }
  process.stdout.write(`${all.length} worlds, ${violated} with violations\n`);
  for (const [name, count] of Object.entries(counts)) process.stdout.write(`  ${name} ${count}\n`);
  // Time stands still in worlds that are over, and what waits in them is never woken.
  process.exit(violated === 0 ? 0 : 1);
}

function describeViolations(
  { seed, violations, faults }: WorldReport,
  withFaults: boolean,
): readonly string[] {
  if (violations.length === 0) return [];
  const injected = withFaults ? faults.map((fault) => `  fault ${JSON.stringify(fault)}`) : [];
  return [
    `seed ${seed}: ${violations.length} violations`,
    ...violations.map((text) => `  ${text}`),
    ...injected,
  ];
}

function parseCount(text: string): number {
  if (!/^\d{1,7}$/.test(text)) throw new InvalidArgumentError('must be a whole number.');
  return Number(text);
}

await runCommand(command);
