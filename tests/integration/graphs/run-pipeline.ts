import { compileStateMachine } from '../../../src/compile/machine/state-machine.ts';
import { arnReference, TASK_FUNCTIONS } from '../../../src/compile/template/function-names.ts';
import { definePipeline } from '../../../src/definition/define-pipeline.ts';
import type { Pipeline } from '../../../src/definition/pipeline.ts';
import type { FunctionInvoker, FunctionResult, JsonObject } from '../../../src/local/contracts.ts';
import { createVirtualClock } from '../../../src/local/engine/clock/virtual-clock.ts';
import { createExecution, type Execution } from '../../../src/local/engine/execution.ts';
import { compileMachine } from '../../../src/local/engine/machine/compile-machine.ts';
import { describeProblem } from '../../../src/local/engine/validate/problem.ts';
import { validateDefinition } from '../../../src/local/engine/validate/validate-definition.ts';

/** A step's statement as the tests' warehouse saw it: milliseconds since the run began. */
export interface SeenStatement {
  readonly step: string;
  readonly startMs: number;
  /** When the run heard that it had ended; absent as long as it has not. */
  endMs?: number;
}

export interface PipelineRun {
  readonly execution: Execution;
  /** In the order in which they were submitted. */
  readonly statements: readonly SeenStatement[];
  /** Steps that a redriven run must not find failing any more. */
  readonly failing: Set<string>;
}

export interface RunOptions {
  readonly secondsOf: (step: string) => number;
  /** Steps whose statement fails when its time is over. */
  readonly failing?: readonly string[];
}

/** One invocation of check-statement waits no longer. */
const LONGEST_CHECK_MS = 14 * 60_000;

/** A pipeline of a graph's steps. */
export function pipelineOf(
  steps: readonly { readonly name: string; readonly after: readonly string[] }[],
): Pipeline {
  const definitions = steps.map(({ name, after }) => [
    name,
    { call: 'mart.sp_step', after, timeoutSeconds: 3_600 },
  ]);
  return definePipeline({
    name: 'run-graph',
    tasks: ['graph-task'],
    stagedTables: ['mart.graph_stg'],
    steps: Object.fromEntries(definitions),
  });
}

/** Starts a pipeline's compiled machine on the local engine, with statements that take their time on a virtual clock. */
export function startPipeline(pipeline: Pipeline, { secondsOf, failing = [] }: RunOptions): PipelineRun {
  const definition = deployedDefinition(pipeline);
  const clock = createVirtualClock(0);
  const statements: SeenStatement[] = [];
  const stillFailing = new Set(failing);

  const functions = {
    'take-turn': async () => ({ turn: 'mine', waitSeconds: 0, reason: '' }),
    'verify-load': async () => ({ stagedRows: 'mart.graph_stg=1' }),
    'start-statement': async ({ step }: TaskPayload) => {
      statements.push({ step, startMs: clock.now() });
      return { id: `statement-${statements.length}`, complete: false, waitSeconds: 0 };
    },
    'check-statement': async ({ step, statement }: TaskPayload) => {
      const seen = statements[Number(statement.id.slice('statement-'.length)) - 1] as SeenStatement;
      const leftMs = seen.startMs + secondsOf(step) * 1000 - clock.now();
      await clock.sleep(Math.min(leftMs, LONGEST_CHECK_MS));
      if (leftMs > LONGEST_CHECK_MS) return statement;
      if (stillFailing.has(step)) throw Object.assign(new Error(step), { name: 'StatementFailed' });
      seen.endMs = clock.now();
      return { ...statement, complete: true };
    },
  };
  const execution = createExecution({
    machine: compileMachine(definition),
    identity: IDENTITY,
    input: JSON.stringify({ pipeline: pipeline.name, load: LOAD, target: {}, trigger: {}, steps: {} }),
    deps: { clock, random: () => 0.5, createId: () => 'request', functions: invokerOf(functions) },
  });
  execution.start();
  return { execution, statements, failing: stillFailing };
}

/** The compiled machine, valid, with the functions' names in the place of their ARNs. */
function deployedDefinition(pipeline: Pipeline): JsonObject {
  const text = TASK_FUNCTIONS.reduce(
    (json, name) => json.replaceAll(arnReference(name), name),
    JSON.stringify(compileStateMachine(pipeline)),
  );
  const definition = JSON.parse(text) as JsonObject;
  const [problem] = validateDefinition(definition);
  if (problem !== undefined) throw new Error(describeProblem(problem));
  return definition;
}

interface TaskPayload {
  readonly step: string;
  readonly statement: { readonly id: string };
}

function invokerOf(
  functions: Readonly<Record<string, (payload: TaskPayload) => Promise<object>>>,
): FunctionInvoker {
  return {
    async invoke(name, payload): Promise<FunctionResult> {
      try {
        return { payload: JSON.stringify(await functions[name]?.(JSON.parse(payload))) };
      } catch (error) {
        const { name: errorType, message: errorMessage } = error as Error;
        return { payload: JSON.stringify({ errorType, errorMessage }), functionError: 'Unhandled' };
      }
    },
  };
}

const LOAD = { id: 'load', startedAt: '2026-01-01T00:00:00.000Z', tasks: [{ identifier: 'graph-task' }] };

const IDENTITY = {
  executionArn: 'arn:aws:states:us-east-1:000000000000:execution:run-graph:run',
  name: 'run',
  roleArn: 'arn:aws:iam::000000000000:role/test',
  stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:run-graph',
  stateMachineName: 'run-graph',
  region: 'us-east-1',
};
