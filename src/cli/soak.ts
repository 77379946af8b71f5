import './tell-failure.ts';

import { Command, InvalidArgumentError } from 'commander';
import { createHurriedClock } from '../local/index.ts';
import { startSampleStack } from '../local-stage/sample-stack.ts';
import { pipelines } from '../pipelines/index.ts';
import { addChaosFlags, type ChaosFlags, chaosOf, tellChaos } from './chaos-flags.ts';
import { pipelineByName } from './pipeline-by-name.ts';
import { runCommand } from './run-command.ts';
import { printableLines } from './screen/text/printable.ts';
import { readSoakFiles } from './soak/production-check.ts';
import { runSoak, type SoakReport } from './soak/run-soak.ts';
import { createSoakWorld } from './soak/soak-world.ts';
import { untilLost } from './stop/until-lost.ts';
import { endAtOnce, nameOfReason, untilStopped } from './stop/until-stopped.ts';

/** Waits and retries are over in a fiftieth of their time: half a minute for a turn in 0.6 s. */
const HURRY = 50;

interface SoakFlags extends ChaosFlags {
  readonly loads: number;
  readonly pipeline?: string;
  readonly verbose?: boolean;
}

const command = new Command('npm run soak --')
  .description(
    'Loads a pipeline again and again while faults are injected, and checks the result of each load.',
  )
  .option('--loads <number>', 'loads, one after the other', parseLoads, 50)
  .option('--pipeline <name>', 'pipeline to load, by its name or its file’s', pipelines[0]?.name)
  .option('--verbose', 'show what the Lambda functions log, and each fault, on stderr')
  .action(soak);

async function soak({ loads, pipeline: name, verbose, ...flags }: SoakFlags): Promise<void> {
  const [pipeline, files] = await Promise.all([pipelineByName(name ?? ''), readSoakFiles()]);
  const stopped = untilStopped();
  const log = (line: string) => void (verbose && process.stderr.write(`${printableLines(line)}\n`));
  const waits = createHurriedClock(HURRY);
  const chaos = chaosOf({ chaos: 0.2, ...flags }, { waits, report: log });
  const notifications: string[] = [];
  const starting = startSampleStack({
    ...{ port: 0, sample: { kind: 'small' as const }, waits, chaos },
    onNotification: (message) => void notifications.push(message),
    onLog: (name, line) => log(`${name}: ${line}`),
  });
  let told = 0;
  const report = (line: string) => {
    told += 1;
    process.stdout.write(`${printableLines(line)}\n`);
  };
  const working = starting.then(async (stack) => {
    const world = createSoakWorld(stack, pipeline);
    const result = await runSoak(world, { loads, files, notifications, report }).finally(world.close);
    report(summarize(result, notifications.length));
    return result.violations.length === 0 ? 0 : 1;
  });
  try {
    process.exitCode = await Promise.race([
      working,
      stopped.then(({ reason, exitCode }) => {
        process.stderr.write(`\nstopped: ${nameOfReason(reason)}, after ${told} of ${loads} loads\n`);
        tellChaos(chaos);
        return endAtOnce(starting, exitCode);
      }),
      untilLost(starting),
    ]);
  } finally {
    await Promise.allSettled([starting.then((stack) => stack.close()), working]);
    tellChaos(chaos);
  }
}

function summarize(
  { published, failed, sweeps, redrives, violations }: SoakReport,
  notified: number,
): string {
  const counts = `${published} loads published, ${failed} failed; ${sweeps} sweeps, ${redrives} redrives, ${notified} notifications`;
  const wrong = violations.map((violation) => `\n  ! ${violation}`).join('');
  return `${counts}; ${violations.length} violations${wrong}`;
}

function parseLoads(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text))
    throw new InvalidArgumentError('must be a whole number from 1 to 999999.');
  return Number(text);
}

addChaosFlags(command);
await runCommand(command);
