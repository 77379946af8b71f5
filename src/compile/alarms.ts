import type { Pipeline } from '../definition/pipeline.ts';
import { pascalCase, type Resource, type Resources } from './cloudformation.ts';
import { EVENT_FUNCTIONS, TASK_FUNCTIONS } from './function-names.ts';
import { topicArn } from './notification-topic.ts';
import { type Stage, stageName } from './stage.ts';
import { machineLogicalId } from './state-machine-resources.ts';

const HOUR_SECONDS = 3_600;
const PERIOD_SECONDS = 300;

/** Alarms of the stage and of each pipeline. They are the second way to be told: status events are best effort. */
export function compileAlarms(stage: Stage): Resources {
  const perPipeline = stage.pipelines.map((pipeline) => ({
    [`${pascalCase(pipeline.name)}FailedAlarm`]: runsFailed(stage, pipeline),
    [`${pascalCase(pipeline.name)}MissingAlarm`]: nothingPublished(stage, pipeline),
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
    },
    ...perPipeline,
  );
}

interface AlarmParts {
  readonly name: string;
  readonly description: string;
  readonly metrics: readonly Metric[];
  readonly periodSeconds?: number;
  readonly periods?: number;
  /** Alarms at this or more; with `below`, under it. */
  readonly threshold: number;
  readonly below?: boolean;
}

interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, unknown>>;
  readonly statistic?: 'Sum' | 'Maximum';
}

/** An alarm on the sum of some metrics. What is missing is no alarm, except where something should be there. */
function alarm(stage: Stage, parts: AlarmParts): Resource {
  const { name, description, metrics, periodSeconds = PERIOD_SECONDS, periods = 1 } = parts;
  const { threshold, below = false } = parts;
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: stageName(stage, name),
      AlarmDescription: description,
      Metrics: [
        ...metrics.map((metric, index) => metricQuery(metric, `m${index + 1}`, periodSeconds)),
        { Id: 'total', Expression: 'SUM(METRICS())', Label: name, ReturnData: true },
      ],
      EvaluationPeriods: periods,
      Threshold: threshold,
      ComparisonOperator: below ? 'LessThanThreshold' : 'GreaterThanOrEqualToThreshold',
      TreatMissingData: below ? 'breaching' : 'notBreaching',
      AlarmActions: [topicArn(stage)],
    },
  };
}

function metricQuery(
  { namespace, name, dimensions, statistic = 'Sum' }: Metric,
  id: string,
  period: number,
): Resource {
  const list = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  return {
    Id: id,
    MetricStat: {
      Metric: { Namespace: namespace, MetricName: name, Dimensions: list },
      Period: period,
      Stat: statistic,
    },
    ReturnData: false,
  };
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

/** On a metric of our own: an execution that succeeds because a newer load made it pointless publishes nothing. */
function nothingPublished(stage: Stage, { name }: Pipeline): Resource {
  const hours = stage.parameters.alarmHoursWithoutLoad;
  return alarm(stage, {
    name: `${name}-missing`,
    description: `No load of ${name} has been published within ${hours} hours`,
    metrics: [
      {
        namespace: stage.service,
        name: 'RunsPublished',
        dimensions: { service: `${stage.service}-${stage.stage}`, pipeline: name },
      },
    ],
    periodSeconds: HOUR_SECONDS,
    periods: hours,
    threshold: 1,
    below: true,
  });
}

function queueNotEmpty(stage: Stage, queue: string, description: string): Resource {
  return alarm(stage, {
    name: queue,
    description: `${description}; README.md says how to replay it`,
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
