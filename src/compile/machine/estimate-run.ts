import type { Pipeline } from '../../definition/pipeline.ts';
import { InvalidPipeline } from '../../errors/errors.ts';
import { hasAudits, type Step } from '../../steps/step.ts';
import { listStates, type State, type StateMachineDefinition } from './asl.ts';
import { DEFINITION_BYTES, HISTORY_EVENTS, STATE_DATA_BYTES } from './service-limits.ts';

/**
 * The largest run that is possible: every step takes all its time and all its attempts, of which all but one fail at
 * once. Redrives, and retries by Step Functions itself, are not included.
 */
export interface RunEstimate {
  /** Bytes of the definition as JSON, including the functions' ARNs. */
  readonly definitionBytes: number;
  readonly historyEvents: number;
  /** Bytes of the largest state output, which holds the records of all steps. */
  readonly dataBytes: number;
}

/** History events of one visit to a state: Entered and Exited, and those in between. */
const EVENTS: Readonly<Record<State['Type'], number>> = {
  Task: 5,
  Parallel: 4,
  Wait: 2,
  Choice: 2,
  Succeed: 2,
};

/** ExecutionStarted, and the event that ends the execution. */
const EXECUTION_EVENTS = 2;

/** Wait, check and Choice, repeated for every invocation of check-statement that ends before the statement does. */
const ROUND_EVENTS = EVENTS.Wait + EVENTS.Task + EVENTS.Choice;

/** The shortest time that one invocation of check-statement waits. */
const ROUND_SECONDS = 14 * 60;

/** Take_Turn, Choice and Wait: a run asks less and less often, 300 times in the day that it may wait. */
const TURN_EVENTS = 300 * ROUND_EVENTS;

/** A step's record in a state's output, without the step's name. */
const RECORD_BYTES = 400;

/** What an audit found, in the output of the run, without the names of step and audit. */
const AUDIT_BYTES = 150;

/** Bytes of pipeline, load, target and trigger in a state's output, and of each staged table. */
const RUN_BYTES = 2_048;
const TABLE_BYTES = 300;

/** Ten warnings of a thousand characters. */
const WARNINGS_BYTES = 10_240;

/** A Lambda function's ARN is no longer than this. */
const ARN_BYTES = 130;

/** Estimates the sizes that limit how large a pipeline may be. */
export function estimateRun(pipeline: Pipeline, definition: StateMachineDefinition): RunEstimate {
  const { steps, stagedTables } = pipeline;
  const visits = listStates(definition).map(([, { Type }]) => EVENTS[Type]);
  // The Choice also comes behind the submission.
  const rounds = steps.map((step) => EVENTS.Choice + (checkRounds(step) - 1) * ROUND_EVENTS);
  const records = steps.map(({ name }) => RECORD_BYTES + name.length);
  const audits = steps
    .filter(hasAudits)
    .flatMap((step) => step.audits.map(({ name }) => AUDIT_BYTES + step.name.length + name.length));
  return {
    definitionBytes: bytesWithArns(definition),
    historyEvents: sum([EXECUTION_EVENTS, TURN_EVENTS, ...visits, ...rounds]),
    dataBytes: sum([RUN_BYTES, WARNINGS_BYTES, stagedTables.length * TABLE_BYTES, ...records, ...audits]),
  };
}

/** Refuses a machine that Step Functions would not accept, or could not run to its end. @throws InvalidPipeline */
export function refuseBeyondLimits(pipeline: Pipeline, definition: StateMachineDefinition): void {
  const { definitionBytes, historyEvents, dataBytes } = estimateRun(pipeline, definition);
  const count = `${pipeline.steps.length} steps`;
  if (definitionBytes > DEFINITION_BYTES) {
    const reason = `${count} make a definition of ${definitionBytes} bytes`;
    const largest = largestOf(pipeline.steps, stateBytes(definition));
    throw beyond(pipeline, reason, DEFINITION_BYTES, `the largest is step "${largest.name}"`);
  }
  if (historyEvents > HISTORY_EVENTS) {
    const reason = `${count} may come to ${historyEvents} history events`;
    const longest = largestOf(pipeline.steps, checkRounds);
    const hint = `lower timeoutSeconds where you can; step "${longest.name}" has ${longest.timeoutSeconds}`;
    throw beyond(pipeline, reason, HISTORY_EVENTS, hint);
  }
  if (dataBytes > STATE_DATA_BYTES) {
    const reason = `${count} and ${pipeline.stagedTables.length} staged tables come to ${dataBytes} bytes of state`;
    const hint = `the record of one step, such as "${pipeline.steps[0]?.name}", takes about ${RECORD_BYTES} bytes`;
    throw beyond(pipeline, reason, STATE_DATA_BYTES, hint);
  }
}

function checkRounds({ timeoutSeconds, retry }: Step): number {
  return Math.ceil(timeoutSeconds / ROUND_SECONDS) + retry.attempts - 1;
}

/**
 * Bytes of a definition in a template. CloudFormation's published handler sends it to Step Functions indented, with a
 * line for each member, so a deeply nested definition becomes four times as large.
 */
export function indentedBytes(definition: StateMachineDefinition): number {
  return bytesWithArns(definition, 2);
}

/** Bytes of a definition in which each name of a function has become its ARN. */
function bytesWithArns(definition: StateMachineDefinition, indent = 0): number {
  const text = JSON.stringify(definition, null, indent);
  const names = text.match(/\$\{\w+FunctionArn\}/g) ?? [];
  return Buffer.byteLength(text) + sum(names.map(({ length }) => ARN_BYTES - length));
}

function stateBytes(definition: StateMachineDefinition): (step: Step) => number {
  const states = new Map(listStates(definition));
  return ({ name }) => JSON.stringify(states.get(name)).length;
}

function largestOf(steps: readonly Step[], sizeOf: (step: Step) => number): Step {
  const sizes = new Map(steps.map((step) => [step, sizeOf(step)]));
  return steps.reduce((largest, step) =>
    Number(sizes.get(step)) > Number(sizes.get(largest)) ? step : largest,
  );
}

function beyond(pipeline: Pipeline, reason: string, limit: number, hint: string): InvalidPipeline {
  return new InvalidPipeline(
    `pipeline "${pipeline.name}": ${reason}, but Step Functions allows ${limit}: ${hint}; or split the pipeline`,
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
