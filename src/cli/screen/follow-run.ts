import { arnName, machineOfExecution } from '../../arn.ts';
import type { Pipeline } from '../../definition/pipeline.ts';
import { localMachineArn } from '../../local-stage/local-stage.ts';
import type { Stack } from '../../local-stage/stack.ts';
import { createRunReader, type RunReader } from '../../run-history/read-run.ts';
import type { Run } from '../../run-history/run.ts';
import type { ProgressDisplay } from './list/progress-display.ts';
import { createRunDisplay, type ReadWritten } from './list/run-display.ts';

/** A run, and whose it is. */
export interface FollowedRun {
  readonly executionArn: string;
  readonly run: Run;
}

/** How a run is followed. */
export interface FollowOptions {
  readonly stack: Stack;
  readonly pipeline: Pipeline;
  readonly display: ProgressDisplay;
  readonly readWritten: ReadWritten;
  /** Makes DMS load what the run is to be about. */
  loadTables(): Promise<void>;
  /** Told of the run each time something is new. */
  onRun(followed: FollowedRun): void;
}

/**
 * Shows the steps of a pipeline's run as they go, from the history of its execution, until the run has ended and what follows
 * from that has been done: notifications are sent.
 * @returns the run as it ended, the last one of several, or undefined when nothing started one
 */
export async function followRun(options: FollowOptions): Promise<FollowedRun | undefined> {
  const { stack, pipeline, display } = options;
  const runs = new Map<string, RunReader>();
  const shown = createRunDisplay(pipeline, display, options.readWritten);
  const machine = arnName(localMachineArn(pipeline.name));
  // What happens before the load itself has been shown is shown after it.
  const early: (() => void)[] = [];
  let show: (action: () => void) => void = (action) => early.push(action);
  const stopListening = stack.stepFunctions.onHistoryEvent((arn, event) => {
    if (machineOfExecution(arn) !== machine) return;
    show(() => {
      const reader = runs.get(arn) ?? createRunReader(pipeline);
      if (!runs.has(arn)) display.sentence(`✓ its event started the run ${arnName(arn)} of ${pipeline.name}`);
      runs.set(arn, reader);
      reader.add(event);
      const run = reader.run();
      shown.update(run);
      options.onRun({ executionArn: arn, run });
    });
  });
  try {
    await options.loadTables();
    for (const action of early) action();
    show = (action) => action();
    await stack.idle();
    // A run that starts meanwhile is waited for, too.
    for (const arn of runs.keys()) {
      await stack.stepFunctions.waitForEnd(arn);
      // The event of its end is on the bus by now. What it starts is waited for as long as it takes: a function that fails is
      // called again, a minute later.
      await stack.idle();
    }
  } finally {
    stopListening();
  }
  const [executionArn, reader] = [...runs].at(-1) ?? [];
  if (executionArn === undefined || reader === undefined) return undefined;
  const run = reader.run();
  await shown.finish(run);
  return { executionArn, run };
}
