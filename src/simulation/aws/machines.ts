import type { Pipeline } from '../../definition/pipeline.ts';
import { substitute } from '../../local/index.ts';
import { createStateMachine, createStore, type StoredMachine } from '../../local/parts.ts';
import { machineOf } from '../../local-stage/local-machine.ts';

const ROLE = 'arn:aws:iam::000000000000:role/simulation';
const compiled = new Map<string, StoredMachine>();
const amended = new Map<string, StoredMachine>();

/**
 * A pipeline's machine, compiled by the product and checked by the local Step Functions; once a process.
 * @param createdAt epoch milliseconds
 */
export function machineFor(pipeline: Pipeline, createdAt: number): StoredMachine {
  const known = compiled.get(pipeline.name) ?? compile(pipeline);
  compiled.set(pipeline.name, known);
  // Beginning and tags are the world's own.
  return { ...known, createdAt, tags: new Map() };
}

/** The same after somebody has allowed its steps more time and attempts. */
export function amendedMachineFor(pipeline: Pipeline): StoredMachine {
  const known = amended.get(pipeline.name) ?? compile(amend(pipeline));
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

function compile(pipeline: Pipeline): StoredMachine {
  const { name, definition, substitutions = {} } = machineOf(pipeline);
  const text = JSON.stringify(substitute(definition, substitutions));
  return createStateMachine(createStore(), 0, { name, definition: text, roleArn: ROLE });
}
