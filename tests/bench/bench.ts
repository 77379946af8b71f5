import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { Command, Option } from 'commander';
import { runCommand } from '../../src/cli/run-command.ts';
import { type Machine, renderLines, type SubjectResult, withFigures } from './render.ts';
import { missedFigures, type Subject } from './subject.ts';
import { SUBJECTS } from './subjects.ts';

const PAGE = new URL('../../docs/benchmarks.md', import.meta.url);
const FIGURES = new URL('../../docs/benchmarks.json', import.meta.url);
const INTERRUPTED = 130;

interface BenchFlags {
  readonly only?: readonly string[];
  readonly long?: boolean;
  readonly strict?: boolean;
}

const names = SUBJECTS.map(({ name }) => name);
const command = new Command('npm run bench --')
  .description(
    'Measures what the system adds to the time and the bill of Redshift, beside what others add. Prints each figure with its bar, and writes docs/benchmarks.md and docs/benchmarks.json. Ends with 1 when a ratio misses its bar.',
  )
  .addOption(new Option('--only <subject...>', 'measure these alone; figures of others stay').choices(names))
  .option('--long', 'also measure what takes an hour: ten million rows, and a day of npm run local')
  .option('--strict', 'times and memory of this machine must reach their bars, too')
  .action(async ({ only, long = false, strict = false }: BenchFlags) => {
    const begunAt = performance.now();
    const asked = SUBJECTS.filter(({ name, isLong = false }) => only?.includes(name) ?? (long || !isLong));
    const stop = new AbortController();
    process.once('SIGINT', () => stop.abort());
    const results: SubjectResult[] = [];
    for (const subject of asked) {
      const result = await measure(subject, stop.signal);
      if (stop.signal.aborted) process.exit(INTERRUPTED);
      process.stdout.write(`${renderLines(result)}\n`);
      results.push(result);
      await keep(result);
    }
    process.stderr.write(`measured in ${((performance.now() - begunAt) / 60_000).toFixed(1)} minutes\n`);
    const missed = missedFigures(
      results.flatMap(({ figures }) => figures),
      strict,
    );
    if (missed.length === 0) return;
    process.stdout.write(`missed: ${missed.map(({ what }) => what).join('; ')}\n`);
    process.exitCode = 1;
  });

async function measure(subject: Subject, signal: AbortSignal): Promise<SubjectResult> {
  const begunAt = performance.now();
  const tell = (line: string) => process.stderr.write(`${subject.name}: ${line}\n`);
  tell('begins');
  const stopped = new Promise<undefined>((resolve) =>
    signal.addEventListener('abort', () => resolve(undefined), { once: true }),
  );
  const findings = await Promise.race([subject.measure({ signal, tell }), stopped]);
  if (findings === undefined) process.exit(INTERRUPTED);
  tell(`took ${((performance.now() - begunAt) / 1000).toFixed(1)} s`);
  const { name, title, about } = subject;
  return { name, title, about, machine: thisMachine(), ...findings };
}

function thisMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'an unknown processor',
    cores: availableParallelism(),
    node: process.versions.node,
    measuredAt: new Date().toISOString(),
  };
}

/** Puts a subject's figures in the place of its earlier ones. */
async function keep(result: SubjectResult): Promise<void> {
  const known: readonly SubjectResult[] = JSON.parse(await readFile(FIGURES, 'utf8').catch(() => '[]'));
  const all = names.flatMap((name) => [result, ...known].find((other) => other.name === name) ?? []);
  await writeFile(FIGURES, `${JSON.stringify(all, null, 1)}\n`);
  await writeFile(PAGE, withFigures(await readFile(PAGE, 'utf8'), all));
}

await runCommand(command);
