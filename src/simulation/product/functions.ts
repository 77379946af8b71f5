import './handler-environment.ts';

import { createHandler as checkStatement } from '../../../handlers/check-statement.ts';
import { createHandler as notifyOutcome } from '../../../handlers/notify-outcome.ts';
import { createHandler as startRun } from '../../../handlers/start-run.ts';
import { createHandler as startStatement } from '../../../handlers/start-statement.ts';
import { createHandler as stopStatements } from '../../../handlers/stop-statements.ts';
import { createHandler as sweepLoads } from '../../../handlers/sweep-loads.ts';
import { createHandler as takeTurn } from '../../../handlers/take-turn.ts';
import { createHandler as verifyLoad } from '../../../handlers/verify-load.ts';
import type { Clock } from '../../clock.ts';
import type { DeployedFunction } from '../../compile/template/function-names.ts';
import type { DataApi } from '../../data-api/describe.ts';
import type { Target } from '../../data-api/target.ts';
import type { Deadline } from '../../definition/deadline/deadline.ts';
import type { Pipeline } from '../../definition/pipeline.ts';
import type { StepFunctions } from '../../executions/start-execution.ts';
import type { Dms } from '../../loads/describe-task.ts';
import type { Sns } from '../../notifications/publish.ts';
import { watchedTasks } from '../../notifications/watched-tasks.ts';
import { createRunGuard } from '../../runs/run-guard.ts';
import type { RunGuard } from '../../statements/attempt.ts';
import { DEADLINE_MACHINE_NAME, HOURS_WITHOUT_LOAD, NOTIFICATION_TOPIC } from './handler-environment.ts';

/** The product's clients: the SDK's, or what stands for them. */
export interface Clients {
  readonly api: DataApi;
  readonly dms: Dms;
  readonly sfn: StepFunctions;
  readonly sns: Sns;
}

/** What a stage's settings are for the functions of a world. */
export interface FunctionSettings {
  readonly clock: Clock;
  random(): number;
  readonly pipelines: readonly Pipeline[];
  readonly taskArns: Readonly<Record<string, string>>;
  readonly stage: string;
  readonly target: Target;
  readonly sweepFrom?: Date;
  readonly lookBackHours: number;
  /** When the digest of a day is told. @default none is */
  readonly successDigest?: Deadline;
}

export type ModelHandler = (event: never, context: never) => Promise<unknown>;

/** The deployed handler of a function, with a world's clients and settings. */
export function createFunction(
  name: DeployedFunction,
  clients: Clients,
  settings: FunctionSettings,
  guard: RunGuard = createRunGuard(clients),
): ModelHandler {
  const context = { ...clients, ...settings, guard };
  const { taskArns, pipelines } = settings;
  const handlers: Readonly<Record<DeployedFunction, () => unknown>> = {
    'check-statement': () => checkStatement(context),
    'notify-outcome': () =>
      notifyOutcome({
        ...context,
        topic: NOTIFICATION_TOPIC,
        notifySuccess: true,
        deadlineMachine: DEADLINE_MACHINE_NAME,
        tasks: watchedTasks(pipelines, taskArns),
      }),
    'start-run': () => startRun(context),
    'start-statement': () => startStatement(context),
    'stop-statements': () => stopStatements(context),
    'sweep-loads': () => sweepLoads({ ...context, hoursWithoutLoad: HOURS_WITHOUT_LOAD }),
    'take-turn': () => takeTurn(context),
    'verify-load': () => verifyLoad(context),
  };
  return handlers[name]() as ModelHandler;
}
