import { describeStep } from '../compile/step-states.ts';
import type { Pipeline } from '../definition/pipeline.ts';
import type { HistoryEvent } from '../local/engine/history.ts';
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
  // What happens before the load itself has been shown is shown after it.
  const early: (() => void)[] = [];
  let show: (action: () => void) => void = (action) => early.push(action);
  const stopListening = stack.stepFunctions.onHistoryEvent((arn, event) => {
    if (!arn.includes(`:${pipeline.name}-`)) return;
    executionArn ??= arn;
    show(() => showEvent(pipeline, display, arn, event));
  });
  try {
    await loadTables();
    for (const action of early) action();
    show = (action) => action();
    await stack.idle();
    if (executionArn === undefined) return undefined;
    return { executionArn, ...(await stack.stepFunctions.waitForEnd(executionArn)) };
  } finally {
    stopListening();
  }
}

function showEvent(pipeline: Pipeline, display: ProgressDisplay, arn: string, event: HistoryEvent): void {
  if (event.type === 'ExecutionStarted') {
    display.line(`✓ its event started the run ${arn.split(':').at(-1)} of ${pipeline.name}`);
  }
  const { stateEnteredEventDetails: entered, stateExitedEventDetails: exited } = event;
  for (const step of pipeline.steps) {
    const { name } = step;
    const what = `${name} ${describeStep(step)}`;
    if (event.type === 'TaskStateEntered' && entered?.name === name) display.begin(what);
    if (exited?.name === `is_run_${name}_complete` && isComplete(String(exited.output)))
      display.end(what, 'done');
  }
}

/** The choice behind a step takes the statement's record away when the step is done. */
function isComplete(output: string): boolean {
  return !('statement' in JSON.parse(output));
}
