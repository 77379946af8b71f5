import { sweptHours } from '../../definition/hours-without-load.ts';
import type { Pipeline } from '../../definition/pipeline.ts';
import type { Stage } from '../stage/stage.ts';
import { stageName } from '../stage/stage-names.ts';
import { alarm } from './alarm.ts';
import { pascalCase, type Resource, type Resources } from './cloudformation.ts';
import { EVENT_FUNCTIONS, TASK_FUNCTIONS } from './function-names.ts';
import { machineLogicalId } from './state-machine-resources.ts';

const HOUR_SECONDS = 3_600;
const SWEEP_SECONDS = 900;

/**
 * Alarms of the stage and of each pipeline. They are the second way to be told, because AWS delivers status events on
 * a best-effort basis.
 */
export function compileAlarms(stage: Stage): Resources {
  const perPipeline = stage.pipelines.map((pipeline) => ({
    [`${pascalCase(pipeline.name)}FailedAlarm`]: runsFailed(stage, pipeline),
    ...missingAlarm(stage, pipeline),
  }));
  return Object.assign(
    {
      DeadLetterAlarm: queueNotEmpty(stage, 'dead-letters', 'An event could not be handed to its function'),
      FailureAlarm: queueNotEmpty(
        stage,
        'failures',
        'A function failed for an event, each time it was tried',
      ),
      ThrottleAlarm: functionsThrottled(stage),
      SweepAlarm: sweepFoundTrouble(stage),
    },
    ...perPipeline,
  );
}

function runsFailed(stage: Stage, { name }: Pipeline): Resource {
  const dimensions = { StateMachineArn: { Ref: machineLogicalId(name) } };
  return alarm(stage, {
    name: `${name}-failed`,
    description: `Runs of ${name} have failed or timed out`,
    metrics: ['ExecutionsFailed', 'ExecutionsTimedOut'].map((metric) => ({
      namespace: 'AWS/States',
      name: metric,
      dimensions,
    })),
    threshold: stage.parameters.alarmFailedRuns,
  });
}

/**
 * The sweep runs every 15 minutes. A pipeline that it cannot sweep, and a load that waits too long, keep the alarm on
 * until somebody acts.
 */
function sweepFoundTrouble(stage: Stage): Resource {
  return alarm(stage, {
    name: 'sweep',
    description:
      'A pipeline could not be swept, or a finished load waits too long for its companions: the log of sweep-loads says which and why',
    metrics: ['SweepsFailed', 'CompanionsMissing'].map((name) => ({
      namespace: stage.service,
      name,
      dimensions: { service: `${stage.service}-${stage.stage}` },
    })),
    periodSeconds: SWEEP_SECONDS,
    threshold: 1,
  });
}

/**
 * The alarm on hours without a load. The pipeline sets the hours, or the stage does. A pipeline may have no such
 * alarm.
 */
function missingAlarm(stage: Stage, pipeline: Pipeline): Resources {
  const hours = pipeline.hoursWithoutLoad ?? stage.parameters.alarmHoursWithoutLoad;
  if (hours === 'never') return {};
  const compile = sweptHours(pipeline) === undefined ? nothingPublished : sweepFoundNothing;
  return { [`${pascalCase(pipeline.name)}MissingAlarm`]: compile(stage, pipeline, hours) };
}

/** Uses the service's own metric, because a superseded execution succeeds but publishes nothing. */
function nothingPublished(stage: Stage, pipeline: Pipeline, hours: number): Resource {
  return alarm(stage, {
    ...missingParts(stage, pipeline, hours, 'RunsPublished'),
    periodSeconds: HOUR_SECONDS,
    periods: hours,
    below: true,
  });
}

/** More hours than CloudWatch looks back. */
function sweepFoundNothing(stage: Stage, pipeline: Pipeline, hours: number): Resource {
  return alarm(stage, {
    ...missingParts(stage, pipeline, hours, 'LoadsOverdue'),
    periodSeconds: SWEEP_SECONDS,
  });
}

function missingParts(stage: Stage, { name }: Pipeline, hours: number, metric: string) {
  const dimensions = { service: `${stage.service}-${stage.stage}`, pipeline: name };
  return {
    name: `${name}-missing`,
    description: `No load of ${name} has been published within ${hours} hours`,
    metrics: [{ namespace: stage.service, name: metric, dimensions }],
    threshold: 1,
  };
}

function queueNotEmpty(stage: Stage, queue: string, description: string): Resource {
  return alarm(stage, {
    name: queue,
    description: `${description}; docs/operations.md says how to replay it`,
    metrics: [
      {
        namespace: 'AWS/SQS',
        name: 'ApproximateNumberOfMessagesVisible',
        dimensions: { QueueName: stageName(stage, queue) },
        statistic: 'Maximum',
      },
    ],
    threshold: 1,
  });
}

function functionsThrottled(stage: Stage): Resource {
  return alarm(stage, {
    name: 'throttles',
    description: "The account's Lambda concurrency does not suffice: runs wait for it",
    metrics: [...EVENT_FUNCTIONS, ...TASK_FUNCTIONS].map((name) => ({
      namespace: 'AWS/Lambda',
      name: 'Throttles',
      dimensions: { FunctionName: stageName(stage, name) },
    })),
    threshold: stage.parameters.alarmThrottles,
  });
}
