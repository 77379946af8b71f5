import type { EngineDeps, Identity, RunningExecution } from './branch.ts';
import { parseData } from './expression/data.ts';
import { createFunctions } from './expression/jsonata-functions.ts';
import { createHistory, type RecordedEvent } from './history.ts';

interface RunSource {
  readonly identity: Identity;
  readonly deps: EngineDeps;
  /** JSON text. */
  readonly input: string;
}

/** What all branches of a new execution share. */
export function createRun(
  { identity, deps, input }: RunSource,
  onEvent?: (event: RecordedEvent) => void,
): RunningExecution {
  const { clock } = deps;
  return {
    deps,
    identity,
    functions: createFunctions(deps),
    history: createHistory(() => clock.now(), onEvent),
    input: parseData(input),
    startedAt: clock.now(),
    redriveCount: 0,
  };
}

/** Notes that the execution started. */
export function recordStart({ history, input, identity: { roleArn } }: RunningExecution): void {
  history.record({ cursor: 0 }, 'ExecutionStarted', {
    executionStartedEventDetails: { input: input.text, inputDetails: { truncated: false }, roleArn },
  });
}

/** Counts the redrive and notes it behind the event that ended the execution. Answers the event's id. */
export function recordRedrive(run: RunningExecution): number {
  run.redriveCount += 1;
  run.redrivenAt = run.deps.clock.now();
  const details = { executionRedrivenEventDetails: { redriveCount: run.redriveCount } };
  return run.history.record({ cursor: run.history.events.length }, 'ExecutionRedriven', details);
}
