import type { Execution } from '../../../src/local/engine/execution.ts';
import { type PipelineRun, pipelineOf, startPipeline } from './run-pipeline.ts';

/** Steps by name, with what they are after. */
type StepsAfter = Readonly<Record<string, readonly string[]>>;

/** B and C behind A, D and E behind B, F behind all. */
export const FORKS: StepsAfter = { A: [], B: ['A'], C: ['A'], D: ['B'], E: ['B'], F: ['C', 'D', 'E'] };

/** Starts a run of steps that take 10 seconds unless it is said. */
export const startSteps = (
  steps: StepsAfter,
  seconds: Readonly<Record<string, number>> = {},
  failing: readonly string[] = [],
) =>
  startPipeline(pipelineOf(Object.entries(steps).map(([name, after]) => ({ name, after }))), {
    secondsOf: (step) => seconds[step] ?? 10,
    failing,
  });

/** Input or output of a state, or of the run. */
interface RunData {
  readonly steps: Readonly<Record<string, object>>;
}

/** The output of a run that goes well, when it has ended. */
export async function outputOf(execution: Execution): Promise<RunData> {
  const end = await execution.whenEnded();
  if (end.status !== 'SUCCEEDED') throw new Error(JSON.stringify(end));
  return JSON.parse(end.output) as RunData;
}

/** What a state got when it was entered first. */
export function inputOf({ history }: Execution, state: string): RunData {
  const inputs = history.map((event) => event.stateEnteredEventDetails);
  return JSON.parse(String(inputs.find((details) => details?.name === state)?.input)) as RunData;
}

/** The first five states that were entered behind so many events. */
export function namesEntered({ history }: Execution, from: number): readonly string[] {
  const names = history.slice(from).flatMap(({ stateEnteredEventDetails: details }) => details?.name ?? []);
  return names.map(String).slice(0, 5);
}

/** How often a state was entered. */
export function entriesOf({ history }: Execution, state: string): number {
  return history.filter(({ stateEnteredEventDetails: details }) => details?.name === state).length;
}

/** Start and end of every statement, seconds. */
export function timesOf({ statements }: PipelineRun): Readonly<Record<string, readonly number[]>> {
  return Object.fromEntries(
    statements.map(({ step, startMs, endMs = Number.NaN }) => [step, [startMs / 1000, endMs / 1000]]),
  );
}
