import type { Pipeline } from '../definition/pipeline.ts';
import type { Stack } from '../local/stack.ts';
import type { ProgressDisplay } from './progress-display.ts';

/** How the run of a pipeline ended. */
export interface RunEnd {
  readonly executionArn: string;
  readonly status: string;
  readonly error?: string;
  readonly cause?: string;
}

/**
 * Shows the steps of a pipeline's run as they go, from the history of its execution.
 * @param loadTables makes DMS load what the run is to be about
 * @returns how the run ended, or undefined when nothing started one
 */
export async function followRun(
  stack: Stack,
  pipeline: Pipeline,
  display: ProgressDisplay,
  loadTables: () => Promise<void>,
): Promise<RunEnd | undefined> {
  let executionArn: string | undefined;
  const stepStates = stepStateNames(pipeline);
  const stopListening = stack.stepFunctions.onHistoryEvent((arn, event) => {
    if (!arn.includes(`:${pipeline.name}-`)) return;
    if (event.type === 'ExecutionStarted') {
      executionArn = arn;
      display.line(`✓ its event started the run ${arn.split(':').at(-1)} of ${pipeline.name}`);
    }
    const entered =
      event.type === 'TaskStateEntered'
        ? stepStates.started.get(String(event.stateEnteredEventDetails?.name))
        : undefined;
    if (entered !== undefined) display.begin(entered);
    const left =
      event.type === 'ChoiceStateExited'
        ? stepStates.completed.get(String(event.stateExitedEventDetails?.name))
        : undefined;
    if (left !== undefined && isComplete(String(event.stateExitedEventDetails?.output)))
      display.end(left, 'done');
  });
  try {
    await loadTables();
    await stack.idle();
    if (executionArn === undefined) return undefined;
    return { executionArn, ...(await stack.stepFunctions.waitForEnd(executionArn)) };
  } finally {
    stopListening();
  }
}

function stepStateNames({ steps }: Pipeline) {
  return {
    started: new Map(steps.map(({ name, call }) => [name, `${name} calls ${call}`])),
    completed: new Map(steps.map(({ name, call }) => [`is_run_${name}_complete`, `${name} calls ${call}`])),
  };
}

/** The choice behind a step takes the statement's record away when the step is done. */
function isComplete(output: string): boolean {
  return !('statement' in JSON.parse(output));
}
