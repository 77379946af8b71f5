import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  CHAOS_KIND_NAMES,
  CHAOS_KINDS,
  type Chaos,
  type ChaosKind,
  type ChaosOptions,
  createChaos,
  parseKinds,
  summarizeChaos,
} from '../local/index.ts';

/** What a command line says about chaos. */
export interface ChaosFlags {
  readonly chaos?: number;
  readonly seed: number;
  readonly chaosOnly?: readonly ChaosKind[];
}

/** Adds `--chaos`, `--seed` and `--chaos-only` to a command, and what they mean to its help. */
export function addChaosFlags(command: Command): Command {
  return command
    .option(
      '--chaos <rate>',
      'share of the events in the stack and of the functions’ invocations, calls and statements to disturb, from 0 to 1',
      parseRate,
    )
    .addOption(
      new Option('--seed <number>', 'the same seed injects the same faults').argParser(parseSeed).default(1),
    )
    .option(
      '--chaos-only <kinds>',
      'only these kinds of fault, separated by commas; without --chaos, always',
      parseKindList,
    )
    .addHelpText('after', `\nKinds of fault:\n${describeKinds()}\n`);
}

/** The chaos that the flags ask for; undefined when they ask for none. */
export function chaosOf(
  { chaos: rate, seed, chaosOnly: only }: ChaosFlags,
  options: Pick<ChaosOptions, 'waits' | 'report'>,
): Chaos | undefined {
  if (rate === undefined && only === undefined) return undefined;
  return createChaos({ rate: rate ?? 1, seed, ...(only ? { only } : {}), ...options });
}

/** Says on stderr how many faults there were, when chaos was asked for. */
export function tellChaos(chaos: Chaos | undefined): void {
  if (chaos) process.stderr.write(`${summarizeChaos(chaos)}\n`);
}

function describeKinds(): string {
  const width = Math.max(...CHAOS_KIND_NAMES.map((kind) => kind.length));
  return CHAOS_KIND_NAMES.map((kind) => `  ${kind.padEnd(width)}  ${CHAOS_KINDS[kind].effect}`).join('\n');
}

function parseRate(text: string): number {
  const rate = Number(text);
  if (!/^\d*\.?\d+$/.test(text) || rate > 1) throw new InvalidArgumentError('must be a number from 0 to 1.');
  return rate;
}

function parseSeed(text: string): number {
  if (!/^\d{1,15}$/.test(text))
    throw new InvalidArgumentError('must be a whole number of at most 15 digits.');
  return Number(text);
}

function parseKindList(text: string): readonly ChaosKind[] {
  try {
    return parseKinds(text);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}
