import type { Stage } from '../stage/stage.ts';
import { stageName } from '../stage/stage-names.ts';
import type { Resource } from './cloudformation.ts';
import { alarmTopics } from './notification-topic.ts';

const PERIOD_SECONDS = 300;

/** The metrics of an alarm, and when it goes off. */
export interface AlarmParts {
  readonly name: string;
  readonly description: string;
  readonly metrics: readonly Metric[];
  /** @default 300 */
  readonly periodSeconds?: number;
  /** @default 1 */
  readonly periods?: number;
  /**
   * The alarm goes off at this value or above. With `below`, which needs a single metric, it goes off under this
   * value.
   */
  readonly threshold: number;
  readonly below?: boolean;
}

interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, unknown>>;
  readonly statistic?: 'Sum' | 'Maximum';
}

/**
 * An alarm on the sum of some metrics. Missing data raise no alarm. With `below`, where data should be present, they
 * count as zero: CloudWatch would otherwise look for older data beyond the evaluated periods, and be late.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function alarm(stage: Stage, parts: AlarmParts): Resource {
  const { name, description, metrics, periodSeconds = PERIOD_SECONDS, periods = 1 } = parts;
  const { threshold, below = false } = parts;
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: stageName(stage, name),
      AlarmDescription: description,
      Metrics: [
        ...metrics.map((metric, index) => metricQuery(metric, `m${index + 1}`, periodSeconds)),
        { Id: 'total', Expression: below ? 'FILL(m1, 0)' : 'SUM(METRICS())', Label: name, ReturnData: true },
      ],
      EvaluationPeriods: periods,
      Threshold: threshold,
      ComparisonOperator: below ? 'LessThanThreshold' : 'GreaterThanOrEqualToThreshold',
      TreatMissingData: below ? 'breaching' : 'notBreaching',
      AlarmActions: alarmTopics(stage),
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
