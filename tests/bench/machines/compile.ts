import { compileStateMachine } from '../../../src/compile/machine/state-machine.ts';
import type { Pipeline } from '../../../src/definition/pipeline.ts';
import { InvalidPipeline } from '../../../src/errors/errors.ts';
import { pipelines } from '../../../src/pipelines/index.ts';
import { localTasks, packageService } from '../../fixtures/package/packaged-service.ts';
import { copyProject } from '../../fixtures/package/project-copy.ts';
import type { Findings, Measuring, Subject } from '../subject.ts';
import { benchPipeline } from '../world/product.ts';

const PIPELINES = 200;
const STEPS = 100;
const SIZES = [10, 100, 1_000] as const;
const REPEATS = 5;
/** So short that Step Functions could run a thousand steps; the compiler refuses what it could not. */
const TIMEOUT_SECONDS = 60;

/** Steps of which each depends on the one at half its place: a tree. */
function define(name: string, steps: number): Pipeline {
  const names = Array.from({ length: steps }, (_, index) => `Step_${index}`);
  return benchPipeline(
    name,
    Object.fromEntries(
      names.map((step, index) => [step, index === 0 ? [] : [names[Math.floor((index - 1) / 2)] as string]]),
    ),
    TIMEOUT_SECONDS,
  );
}

function milliseconds(work: () => void): number {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

/** The shortest time of several, which a busy machine disturbs least. */
function shortest(work: () => void): number {
  return Math.min(...Array.from({ length: REPEATS }, () => milliseconds(work)));
}

interface Size {
  readonly steps: number;
  readonly ms: number;
}

/** Compiles a pipeline to the end, also one that is then refused because Step Functions could not take it. */
function compileLarge(pipeline: Pipeline): void {
  try {
    compileStateMachine(pipeline);
  } catch (error) {
    if (!(error instanceof InvalidPipeline)) throw error;
  }
}

const MANY = 100;

const ADDED = `
  import { definePipeline } from '../definition/define-pipeline.ts';
  export const added = Array.from({ length: ${MANY - 1} }, (_, index) => definePipeline({
    name: \`load-area-\${index}\`,
    tasks: [\`area-\${index}\`],
    stagedTables: [\`mart.area_\${index}_stg\`],
    steps: Object.fromEntries(Array.from({ length: 10 }, (_, step) => [
      \`Load_\${step}\`,
      { call: \`mart.sp_load_\${step}\`, after: step === 0 ? [] : [\`Load_\${Math.floor((step - 1) / 2)}\`] },
    ])),
  }));
`;

async function measurePackaging(signal: AbortSignal) {
  const project = await copyProject();
  const remove = () => project.remove();
  signal.addEventListener('abort', remove, { once: true });
  try {
    const one = await secondsToPackage(project.folder, {});
    const added = await project.addPipelines('many.ts', ADDED);
    const many = await secondsToPackage(project.folder, { dmsTasks: localTasks([...pipelines, ...added]) });
    return [
      { count: pipelines.length, seconds: one },
      { count: pipelines.length + added.length, seconds: many },
    ];
  } finally {
    signal.removeEventListener('abort', remove);
    await remove();
  }
}

async function secondsToPackage(
  folder: string,
  parameters: Readonly<Record<string, string>>,
): Promise<number> {
  const begun = performance.now();
  const packaged = await packageService(folder, parameters);
  const seconds = (performance.now() - begun) / 1000;
  await packaged.remove();
  return seconds;
}

async function measure({ tell, signal }: Measuring): Promise<Findings> {
  const names = Array.from({ length: PIPELINES }, (_, index) => `bench-${index}`);
  tell(`${PIPELINES} pipelines of ${STEPS} steps`);
  const whole = milliseconds(() => {
    for (const name of names) compileStateMachine(define(name, STEPS));
  });
  const sizes = SIZES.map((steps) => ({
    steps,
    ms: shortest(() => compileLarge(define('bench-large', steps))),
  }));
  const [small, , large] = sizes as [Size, Size, Size];
  tell('npm run package, of one pipeline and of a hundred');
  const packaging = await measurePackaging(signal);
  return {
    figures: [
      {
        what: `${PIPELINES} pipelines of ${STEPS} steps, defined and compiled`,
        ...{ ours: whole / 1000, unit: 's', bar: { most: 3 }, kind: 'clock' },
      },
      {
        what: `time a step, ${large.steps} steps beside ${small.steps}`,
        ...{
          ours: large.ms / large.steps / (small.ms / small.steps),
          unit: '×',
          bar: { most: 2 },
          kind: 'ratio',
        },
      },
      ...packaging.map(({ count, seconds }) => ({
        what: `npm run package, ${count} pipeline${count === 1 ? '' : 's'}`,
        ...{ ours: seconds, unit: 's', kind: 'clock' as const },
      })),
    ],
    tables: [
      {
        title:
          'By the number of steps. Step Functions takes a definition of 1 MiB, about 190 steps: a thousand are compiled, and then refused',
        columns: ['steps', 'milliseconds', 'microseconds a step'],
        rows: sizes.map(({ steps, ms }) => [String(steps), ms.toFixed(2), ((ms * 1000) / steps).toFixed(0)]),
      },
    ],
  };
}

export const compile: Subject = {
  name: 'compile',
  title: 'Compiling and packaging',
  about:
    'On the wall clock, in one process; the shortest of five times for single pipelines. Packaging runs the framework, in a copy of the project.',
  measure,
};
