import { hoursWithoutLoadOf } from '../../definition/hours-without-load.ts';
import type { Pipeline } from '../../definition/pipeline.ts';
import type { Stage } from '../stage/stage.ts';
import { stageName } from '../stage/stage-names.ts';
import { alarm } from './alarm.ts';
import { pascalCase, type Resource, type Resources } from './cloudformation.ts';
import { TASK_FUNCTIONS } from './function-names.ts';
import { machineLogicalId } from './state-machine-resources.ts';

const HOUR_SECONDS = 3_600;
const SWEEP_SECONDS = 900;

/**
 * Alarms of the stage and of each pipeline. They are the second way to be told, because AWS delivers status events on
 * a best-effort basis. CloudWatch bills each metric that an alarm looks at, so a pipeline has two.
 */
export function compileAlarms(stage: Stage): Resources {
  const perPipeline = stage.pipelines.map((pipeline) => ({
    [`${pascalCase(pipeline.name)}FailedAlarm`]: runsFailed(stage, pipeline),
    [`${pascalCase(pipeline.name)}MissingAlarm`]: loadMissing(stage, pipeline),
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
      SweepSilentAlarm: sweepDoesNotRun(stage),
    },
    ...perPipeline,
  );
}

/** A run that has timed out is found by the sweep: {@link loadMissing}. */
function runsFailed(stage: Stage, { name }: Pipeline): Resource {
  return alarm(stage, {
    name: `${name}-failed`,
    description: `Runs of ${name} have failed`,
    metrics: [
      {
        namespace: 'AWS/States',
        name: 'ExecutionsFailed',
        dimensions: { StateMachineArn: { Ref: machineLogicalId(name) } },
      },
    ],
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

/** The sweep finds other mistakes, so nothing but this tells of a sweep that does not run. */
function sweepDoesNotRun(stage: Stage): Resource {
  return alarm(stage, {
    name: 'sweep-silent',
    description:
      'sweep-loads has not run for an hour: nothing finds loads that are missing, or that no event has told of',
    metrics: [
      {
        namespace: 'AWS/Lambda',
        name: 'Invocations',
        dimensions: { FunctionName: stageName(stage, 'sweep-loads') },
      },
    ],
    periodSeconds: HOUR_SECONDS,
    threshold: 1,
    below: true,
  });
}

/** The pipeline sets the hours, or the stage does. The sweep counts them, and sees runs that have timed out. */
function loadMissing(stage: Stage, pipeline: Pipeline): Resource {
  const { name } = pipeline;
  const hours = hoursWithoutLoadOf(pipeline, stage.parameters.alarmHoursWithoutLoad);
  const timedOut = `a run of ${name} has timed out`;
  return alarm(stage, {
    name: `${name}-missing`,
    description:
      hours === 'never'
        ? `Nothing was published since ${timedOut}`
        : `No load of ${name} has been published within ${hours} hours, or since ${timedOut}`,
    metrics: [
      {
        namespace: stage.service,
        name: 'LoadsOverdue',
        dimensions: { service: `${stage.service}-${stage.stage}`, pipeline: name },
      },
    ],
    periodSeconds: SWEEP_SECONDS,
    threshold: 1,
  });
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

/**
 * Of the functions that runs wait for. An event waits in Lambda's own queue, and then in that of failures; a sweep that is throttled
 * is missing.
 */
function functionsThrottled(stage: Stage): Resource {
  return alarm(stage, {
    name: 'throttles',
    description: "The account's Lambda concurrency does not suffice: runs wait for it",
    metrics: TASK_FUNCTIONS.map((name) => ({
      namespace: 'AWS/Lambda',
      name: 'Throttles',
      dimensions: { FunctionName: stageName(stage, name) },
    })),
    threshold: stage.parameters.alarmThrottles,
  });
}
