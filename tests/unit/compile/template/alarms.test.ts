import { describe, expect, it } from 'vitest';
import { compileAlarms } from '../../../../src/compile/template/alarms.ts';
import { TASK_FUNCTIONS } from '../../../../src/compile/template/function-names.ts';
import type { Pipeline } from '../../../../src/definition/pipeline.ts';
import { ofType, resolve, toTemplate } from '../../../fixtures/package/cloudformation/template.ts';
import { orders } from '../../../fixtures/pipeline.ts';
import { CLUSTER_PARAMETERS, testStage } from '../../../fixtures/stage.ts';

/** An alarm of the stage by its logical id. */
function alarm(id: string, parameters: object = {}, pipeline: Partial<Pipeline> = {}) {
  const stage = testStage({ ...CLUSTER_PARAMETERS, ...parameters }, [{ ...orders, ...pipeline }]);
  const template = toTemplate(compileAlarms(stage));
  const [[, properties] = ['', undefined]] = ofType(template, 'AWS::CloudWatch::Alarm').filter(
    ([name]) => name === id,
  );
  return (properties && resolve(properties)) as Record<string, unknown>;
}

/** Names of the metrics that an alarm adds up. */
const metricNames = ({ Metrics }: Record<string, unknown>) =>
  (Metrics as readonly { MetricStat?: { Metric: { MetricName: string } } }[]).flatMap(
    ({ MetricStat }) => MetricStat?.Metric.MetricName ?? [],
  );

describe('alarms', () => {
  it('go off when runs of a pipeline fail, as many as the parameter says', () => {
    const failed = alarm('LoadOrdersFailedAlarm', { alarmFailedRuns: 3 });

    expect(metricNames(failed)).toEqual(['ExecutionsFailed']);
    expect(failed).toMatchObject({
      AlarmName: 'elt-test-load-orders-failed',
      Threshold: 3,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: ['ref:NotificationTopic'],
    });
  });

  it('go off when the sweep finds that no load of a pipeline was published for hours', () => {
    const missing = alarm('LoadOrdersMissingAlarm', { alarmHoursWithoutLoad: 50 });

    expect(metricNames(missing)).toEqual(['LoadsOverdue']);
    expect(missing).toMatchObject({
      AlarmName: 'elt-test-load-orders-missing',
      AlarmDescription:
        'No load of load-orders has been published within 50 hours, or since a run of load-orders has timed out',
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    });
    expect(missing.Metrics).toMatchObject([
      {
        MetricStat: {
          Period: 900,
          Metric: {
            Namespace: 'elt',
            Dimensions: [
              { Name: 'service', Value: 'elt-test' },
              { Name: 'pipeline', Value: 'load-orders' },
            ],
          },
        },
      },
      { Id: 'total' },
    ]);
  });

  it.each([
    [168, 'No load of load-orders has been published within 168 hours, or since'],
    ['never', 'Nothing was published since a run of load-orders has timed out'],
  ] as const)('name the hours of the pipeline, where it has its own: %s', (hoursWithoutLoad, words) => {
    const missing = alarm('LoadOrdersMissingAlarm', { alarmHoursWithoutLoad: 50 }, { hoursWithoutLoad });

    expect(missing.AlarmDescription).toContain(words);
  });

  it('go off when the sweep has not run for an hour: nothing counted is as bad as none', () => {
    const silent = alarm('SweepSilentAlarm');

    expect(metricNames(silent)).toEqual(['Invocations']);
    expect(silent).toMatchObject({
      ...{ EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'LessThanThreshold' },
      TreatMissingData: 'breaching',
    });
    expect(silent.Metrics).toMatchObject([
      {
        MetricStat: {
          Period: 3_600,
          Metric: { Dimensions: [{ Name: 'FunctionName', Value: 'elt-test-sweep-loads' }] },
        },
      },
      { Id: 'total', Expression: 'FILL(m1, 0)', ReturnData: true },
    ]);
  });

  it('count no hours for a pipeline with a deadline, unless it has hours of its own', () => {
    const deadline = { at: '06:30', timezone: 'UTC', days: ['MON'], loadHours: 12 } as const;

    const said = (hours: Partial<Pipeline>) =>
      alarm('LoadOrdersMissingAlarm', {}, { deadline, ...hours }).AlarmDescription;
    expect(said({})).not.toContain('hours');
    expect(said({ hoursWithoutLoad: 24 * 4 })).toContain('within 96 hours');
  });

  it.each(['DeadLetterAlarm', 'FailureAlarm'])('go off for any message in a queue: %s', (id) => {
    expect(alarm(id)).toMatchObject({ Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold' });
    expect(metricNames(alarm(id))).toEqual(['ApproximateNumberOfMessagesVisible']);
  });

  it('go off when a function is throttled that runs wait for', () => {
    expect(metricNames(alarm('ThrottleAlarm'))).toEqual(TASK_FUNCTIONS.map(() => 'Throttles'));
  });

  it('go off when the sweep fails, or waits in vain', () => {
    expect(metricNames(alarm('SweepAlarm'))).toEqual(['SweepsFailed', 'CompanionsMissing']);
    expect(alarm('SweepAlarm')).toMatchObject({ Threshold: 1, TreatMissingData: 'notBreaching' });
  });
});
