import type { Pipeline } from './pipeline.ts';

/** CloudWatch looks back seven days at most. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
export const LONGEST_ALARM_HOURS = 168;

/**
 * Hours without a published load, if they are more than CloudWatch can count, so that the sweep must count them.
 * Undefined for other pipelines.
 */
export function sweptHours({ hoursWithoutLoad }: Pick<Pipeline, 'hoursWithoutLoad'>): number | undefined {
  return typeof hoursWithoutLoad === 'number' && hoursWithoutLoad > LONGEST_ALARM_HOURS
    ? hoursWithoutLoad
    : undefined;
}
