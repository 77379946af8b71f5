import { machineName } from '../../compile/stage/stage-names.ts';
import type { Pipeline } from '../../definition/pipeline.ts';
import { type FunctionSpec, type MachineSource, type RuleSpec, substitute } from '../../local/index.ts';
import { createStateMachine, createStore, type StoredMachine } from '../../local/parts.ts';
import { compileLocalStage } from '../../local-stage/compiled-stage.ts';
import { readDeployedFunctions } from '../../local-stage/deployed-functions.ts';
import { readDeployedResources } from '../../local-stage/deployed-resources.ts';
import { machineOf } from '../../local-stage/local-machine.ts';
import { LOCAL_STAGE } from '../../local-stage/local-stage.ts';

/** What the local stage deploys around its state machines. */
export interface Deployed {
  readonly rules: readonly RuleSpec[];
  readonly functions: readonly FunctionSpec[];
  /** Machines that are no pipeline's: what tells about deadlines. */
  readonly others: readonly StoredMachine[];
}

const read = new Map<string, Deployed>();

type Tasks = readonly { readonly arn: string; readonly identifier: string }[];

/** What is deployed for these pipelines and tasks, compiled once a process. */
export function readDeployed(pipelines: readonly Pipeline[], tasks: Tasks): Deployed {
  const key = JSON.stringify([pipelines.map(({ name }) => name), tasks.map(({ arn }) => arn)]);
  const known = read.get(key) ?? readAnew(pipelines, tasks);
  read.set(key, known);
  return known;
}

function readAnew(pipelines: readonly Pipeline[], tasks: Tasks): Deployed {
  const { machines, rules, failureQueues } = readDeployedResources(compileLocalStage(pipelines, tasks));
  const functions = readDeployedFunctions().map((spec) => {
    const onFailureQueueArn = failureQueues[spec.name];
    return onFailureQueueArn === undefined ? spec : { ...spec, onFailureQueueArn };
  });
  const names = pipelines.map(({ name }) => machineName({ stage: LOCAL_STAGE }, name));
  const others = machines.filter(({ name }) => !names.includes(name)).map(storedMachine);
  return { rules, functions, others };
}

const ROLE = 'arn:aws:iam::000000000000:role/simulation';
const compiled = new Map<string, StoredMachine>();
const amended = new Map<string, StoredMachine>();

/**
 * A pipeline's machine, compiled by the product and checked by the local Step Functions; once a process.
 * @param createdAt epoch milliseconds
 */
export function machineFor(pipeline: Pipeline, createdAt: number): StoredMachine {
  const known = compiled.get(pipeline.name) ?? compileMachine(pipeline);
  compiled.set(pipeline.name, known);
  // Beginning and tags are the world's own.
  return { ...known, createdAt, tags: new Map() };
}

/** The same after somebody has allowed its steps more time and attempts. */
export function amendedMachineFor(pipeline: Pipeline): StoredMachine {
  const known = amended.get(pipeline.name) ?? compileMachine(amend(pipeline));
  amended.set(pipeline.name, known);
  return known;
}

function amend(pipeline: Pipeline): Pipeline {
  const steps = pipeline.steps.map((step) => ({
    ...step,
    timeoutSeconds: step.timeoutSeconds + 3_600,
    retry: { ...step.retry, attempts: step.retry.attempts + 1 },
  }));
  return { ...pipeline, steps };
}

function compileMachine(pipeline: Pipeline): StoredMachine {
  return storedMachine(machineOf(pipeline));
}

function storedMachine({ name, definition, substitutions = {} }: MachineSource): StoredMachine {
  const text = JSON.stringify(substitute(definition, substitutions));
  return createStateMachine(createStore(), 0, { name, definition: text, roleArn: ROLE });
}
