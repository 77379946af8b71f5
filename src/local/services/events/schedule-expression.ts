import { AwsError } from '../../aws-error.ts';
import { parseCron } from './cron-expression.ts';

/** When a scheduled rule runs. */
export interface Schedule {
  /** The next time after `after`; both epoch milliseconds. Undefined where the schedule has come to its end. */
  next(after: number): number | undefined;
}

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * Reads `rate(value unit)` and `cron(fields)`. A rate counts from the moment the rule was made.
 * @throws AwsError ValidationException
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export function parseSchedule(expression: string): Schedule {
  const [, kind, content = ''] = /^(rate|cron)\((.*)\)$/.exec(expression) ?? [];
  const schedule = kind === 'rate' ? parseRate(content) : kind === 'cron' ? parseCron(content) : undefined;
  if (!schedule) throw new AwsError('ValidationException', 'Parameter ScheduleExpression is not valid.');
  return schedule;
}

function parseRate(content: string): Schedule | undefined {
  const [, digits = '', unit = '', plural = ''] = /^([1-9]\d*) (minute|hour|day)(s?)$/.exec(content) ?? [];
  const value = Number(digits);
  const unitMs = UNIT_MS[unit];
  if (unitMs === undefined || (value === 1) !== (plural === '')) return undefined;
  return { next: (after) => after + value * unitMs };
}
