import type { Pipeline } from '../../definition/pipeline.ts';
import type { StoredExecution } from '../../local/parts.ts';
import { localMachineArn } from '../../local-stage/local-stage.ts';
import type { RunInput } from '../../runs/run-input.ts';
import { readRunName } from '../../runs/run-name.ts';
import type { TrueLoad } from '../dms/dms-task.ts';
import type { World } from '../world.ts';

/** An execution of a pipeline, with what it was about. */
export interface PipelineRun {
  readonly stored: StoredExecution;
  readonly input: RunInput;
}

/** A pipeline's executions in the order of their starts. */
export function runsOf({ stepFunctions }: World, pipeline: Pipeline): readonly PipelineRun[] {
  const machine = localMachineArn(pipeline.name);
  return [...stepFunctions.store.executions.values()]
    .filter((stored) => stored.machine.arn === machine)
    .map((stored) => ({ stored, input: inputOf(stored.input) }));
}

/** The loads of a run's tasks as they really were; one that never was is left out. */
export function trueLoadsOf({ tasks }: World, { load }: RunInput): readonly TrueLoad[] {
  return load.tasks.flatMap(({ arn, startedAt }) => {
    const loads = tasks.find((task) => task.arn === arn)?.loads ?? [];
    return loads.find((candidate) => candidate.startedAt === Date.parse(startedAt)) ?? [];
  });
}

/** Whether a run has ended well and was not overtaken. */
export function publishedItsLoad({ stored: { execution } }: PipelineRun): boolean {
  const { end } = execution;
  return end?.status === 'SUCCEEDED' && JSON.parse(end.output).outcome === 'published';
}

/** Procedures that a step calls: in the worlds each is called by one step alone. */
export function proceduresOf(step: Pipeline['steps'][number]): readonly string[] {
  return step.kind === 'call' ? step.calls.map(({ procedure }) => procedure) : [];
}

/** An execution's input. */
export function inputOf(input: string): RunInput {
  return JSON.parse(input) as RunInput;
}

/** The load that a rerun runs again: its id without `-rN`. */
export function baseLoadId(loadId: string): string {
  return readRunName(loadId).baseLoadId;
}

/** What may take effect once: a load, or a rerun of it, whichever run does it. */
export function effectId(loadId: string): string {
  return loadId.replace(/-c\d{1,3}$/, '');
}
