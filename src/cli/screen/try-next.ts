import type { Pipeline } from '../../definition/pipeline.ts';

/** The sample's sales: the flags of npm start change their rows. */
const SAMPLE_SALES = 'dms_sample.sales';

/** What to try after a run that went well. @param name how the pipeline was called */
export function tryNext(pipeline: Pipeline, name: string): readonly string[] {
  return aligned([
    ...(loadsSample(pipeline)
      ? ([
          ['npm start -- --rows 1000000', 'the same with a million sales'],
          ['npm start -- --sample as-published', 'staging rows whose customers do not exist'],
        ] as const)
      : []),
    ['npm run local', 'keep it running, for the AWS CLI (docs/by-hand.md)'],
    [`npm run -s asl -- ${name}`, 'the state machine that ran'],
  ]);
}

/** What to do on this machine after a failure, where nothing is left of the stack. */
export function hintsAfterFailure(pipeline: Pipeline, sample: string): readonly string[] {
  return aligned([
    ...(sample === 'as-published' && loadsSample(pipeline)
      ? ([['npm start', 'the same with sales whose customers exist']] as const)
      : []),
    ['npm run local', 'keeps a local AWS running, to repair and redrive (see docs/by-hand.md)'],
  ]);
}

function loadsSample({ stagedTables }: Pipeline): boolean {
  return stagedTables.some(({ source }) => source === SAMPLE_SALES);
}

function aligned(lines: readonly (readonly [command: string, what: string])[]): readonly string[] {
  const width = Math.max(...lines.map(([command]) => command.length));
  return lines.map(([command, what]) => `${command.padEnd(width)}   ${what}`);
}
