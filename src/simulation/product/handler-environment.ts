import { stageEnvironment } from '../../compile/stage/stage-environment.ts';
import { stageName } from '../../compile/stage/stage-names.ts';
import { compileLocalStage } from '../../local-stage/compiled-stage.ts';

/**
 * What the handlers' modules read when they are loaded. A world gives each function its own settings and clients; logs and
 * metrics go nowhere.
 */
const { stage } = compileLocalStage([]);
const ENVIRONMENT: Readonly<Record<string, string>> = {
  ...stageEnvironment(stage),
  DMS_TASK_ARNS: '{}',
  AWS_REGION: 'us-east-1',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  POWERTOOLS_METRICS_DISABLED: 'true',
};

/** The topic that people are told through. */
export const NOTIFICATION_TOPIC = ENVIRONMENT.NOTIFICATION_TOPIC ?? '';

/** The stage's parameter alarmHoursWithoutLoad. */
export const HOURS_WITHOUT_LOAD = Number(ENVIRONMENT.HOURS_WITHOUT_LOAD);
/** Name of the state machine that tells about deadlines. */
export const DEADLINE_MACHINE_NAME = stageName(stage, 'deadlines');

for (const [name, value] of Object.entries(ENVIRONMENT)) process.env[name] ??= value;
