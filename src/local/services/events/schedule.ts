import type { Clock } from '../../../clock.ts';
import { AwsError } from '../../aws-error.ts';

const MINUTE_MS = 60_000;
const MINUTES_A_DAY = 24 * 60;
const UNIT_MS: Readonly<Record<string, number>> = { minute: MINUTE_MS, hour: 3_600_000, day: 86_400_000 };

/** When a schedule runs next: after the last time, and not before now. All are epoch milliseconds. */
export type NextTime = (last: number, now: number) => number;

/**
 * Reads `rate(value unit)` and `cron(minutes hours * * ? *)`. Other cron expressions are refused: no rule that a stage sets up has
 * one.
 * @throws AwsError ValidationException
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export function parseSchedule(expression: string): NextTime {
  const everyMs = parseRate(expression);
  if (everyMs !== undefined)
    return (last, now) => last + everyMs * (1 + Math.floor(Math.max(0, now - last) / everyMs));
  const isMinute = parseCron(expression);
  if (isMinute !== undefined) return (last, now) => nextMinute(isMinute, Math.max(last, now));
  const kind = expression.startsWith('cron(')
    ? ' Of cron expressions, the local EventBridge supports lists of minutes and hours.'
    : '';
  throw new AwsError('ValidationException', `Parameter ScheduleExpression is not valid.${kind}`);
}

function parseRate(expression: string): number | undefined {
  const [, digits = '', unit = '', plural = ''] =
    /^rate\(([1-9]\d*) (minute|hour|day)(s?)\)$/.exec(expression) ?? [];
  const value = Number(digits);
  const unitMs = UNIT_MS[unit];
  return unitMs !== undefined && (value === 1) === (plural === '') ? value * unitMs : undefined;
}

/** Whether a cron expression has a minute of the day, in UTC. */
function parseCron(expression: string): ((minute: number) => boolean) | undefined {
  const [, minutes = '', hours = ''] =
    /^cron\((\d+(?:,\d+)*) (\d+(?:,\d+)*) (?:\* \* \?|\? \* \*) \*\)$/.exec(expression) ?? [];
  const ofHour = minutes.split(',').map(Number);
  const ofDay = hours.split(',').map(Number);
  if (minutes === '' || ofHour.some((minute) => minute > 59) || ofDay.some((hour) => hour > 23))
    return undefined;
  return (minute) => ofHour.includes(minute % 60) && ofDay.includes(Math.floor(minute / 60));
}

function nextMinute(isMinute: (minute: number) => boolean, after: number): number {
  let minute = Math.floor(after / MINUTE_MS) + 1;
  while (!isMinute(minute % MINUTES_A_DAY)) minute += 1;
  return minute * MINUTE_MS;
}

/**
 * Calls `fire` with each time until the signal is aborted. Times that have passed while the machine was asleep are left out.
 */
export async function runSchedule(
  nextTime: NextTime,
  clock: Clock,
  signal: AbortSignal,
  fire: (time: number) => void,
): Promise<void> {
  let time = clock.now();
  for (;;) {
    time = nextTime(time, clock.now());
    try {
      await clock.sleep(Math.max(0, time - clock.now()), signal);
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    fire(time);
  }
}
