import { describe, expect, it } from 'vitest';
import { compileAlarms } from '../../../../src/compile/template/alarms.ts';
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
  it('go off when runs of a pipeline fail or time out, as many as the parameter says', () => {
    const failed = alarm('LoadOrdersFailedAlarm', { alarmFailedRuns: 3 });

    expect(metricNames(failed)).toEqual(['ExecutionsFailed', 'ExecutionsTimedOut']);
    expect(failed).toMatchObject({
      AlarmName: 'elt-test-load-orders-failed',
      Threshold: 3,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: ['ref:NotificationTopic'],
    });
  });

  it('go off when no load of a pipeline was published for hours: nothing counted is as bad as none', () => {
    const missing = alarm('LoadOrdersMissingAlarm', { alarmHoursWithoutLoad: 50 });

    expect(metricNames(missing)).toEqual(['RunsPublished']);
    expect(missing).toMatchObject({
      EvaluationPeriods: 50,
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
    expect(missing.Metrics).toMatchObject([
      {
        MetricStat: {
          Period: 3_600,
          Metric: {
            Dimensions: [
              { Name: 'service', Value: 'elt-test' },
              { Name: 'pipeline', Value: 'load-orders' },
            ],
          },
        },
      },
      { Id: 'total', Expression: 'FILL(m1, 0)', ReturnData: true },
    ]);
  });

  it('go off after the hours of the pipeline, where it has its own', () => {
    const missing = alarm('LoadOrdersMissingAlarm', { alarmHoursWithoutLoad: 50 }, { hoursWithoutLoad: 168 });

    expect(missing).toMatchObject({
      AlarmDescription: 'No load of load-orders has been published within 168 hours',
      EvaluationPeriods: 168,
    });
  });

  it('go off when the sweep counts hours that are more than CloudWatch looks back', () => {
    const missing = alarm('LoadOrdersMissingAlarm', {}, { hoursWithoutLoad: 24 * 8 });

    expect(metricNames(missing)).toEqual(['LoadsOverdue']);
    expect(missing).toMatchObject({
      AlarmName: 'elt-test-load-orders-missing',
      AlarmDescription: 'No load of load-orders has been published within 192 hours',
      EvaluationPeriods: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    });
    expect(missing.Metrics).toMatchObject([
      {
        MetricStat: {
          Period: 900,
          Metric: {
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

  it('do not go off for hours without a load where a pipeline loads whenever somebody wants it', () => {
    expect(alarm('LoadOrdersMissingAlarm', {}, { hoursWithoutLoad: 'never' })).toBeUndefined();
    expect(alarm('LoadOrdersFailedAlarm', {}, { hoursWithoutLoad: 'never' })).toBeDefined();
  });

  it.each(['DeadLetterAlarm', 'FailureAlarm'])('go off for any message in a queue: %s', (id) => {
    expect(alarm(id)).toMatchObject({ Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold' });
    expect(metricNames(alarm(id))).toEqual(['ApproximateNumberOfMessagesVisible']);
  });

  it('go off when functions are throttled, whichever', () => {
    expect(new Set(metricNames(alarm('ThrottleAlarm')))).toEqual(new Set(['Throttles']));
    expect(metricNames(alarm('ThrottleAlarm')).length).toBeLessThanOrEqual(10);
  });

  it('go off when the sweep fails, or waits in vain', () => {
    expect(metricNames(alarm('SweepAlarm'))).toEqual(['SweepsFailed', 'CompanionsMissing']);
    expect(alarm('SweepAlarm')).toMatchObject({ Threshold: 1, TreatMissingData: 'notBreaching' });
  });
});
