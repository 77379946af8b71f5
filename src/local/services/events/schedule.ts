import type { Clock } from '../../../clock.ts';
import { AwsError } from '../../aws-error.ts';

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * Milliseconds between two runs of `rate(value unit)`. Cron expressions are refused: no rule that a stage sets up has one.
 * @throws AwsError ValidationException
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export function parseRate(expression: string): number {
  const [, digits = '', unit = '', plural = ''] =
    /^rate\(([1-9]\d*) (minute|hour|day)(s?)\)$/.exec(expression) ?? [];
  const value = Number(digits);
  const unitMs = UNIT_MS[unit];
  if (unitMs !== undefined && (value === 1) === (plural === '')) return value * unitMs;
  const kind = expression.startsWith('cron(')
    ? ' Cron expressions are not supported by the local EventBridge.'
    : '';
  throw new AwsError('ValidationException', `Parameter ScheduleExpression is not valid.${kind}`);
}

/**
 * Calls `fire` with each time until the signal is aborted; the first comes one interval from now. Times that have passed while
 * the machine was asleep are left out.
 */
export async function runSchedule(
  everyMs: number,
  clock: Clock,
  signal: AbortSignal,
  fire: (time: number) => void,
): Promise<void> {
  let time = clock.now() + everyMs;
  for (;;) {
    try {
      await clock.sleep(Math.max(0, time - clock.now()), signal);
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    fire(time);
    time += everyMs * (1 + Math.floor(Math.max(0, clock.now() - time) / everyMs));
  }
}
