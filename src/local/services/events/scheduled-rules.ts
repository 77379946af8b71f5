import type { Clock } from '../../../clock.ts';
import type { Rule } from './rules.ts';
import type { Schedule } from './schedule-expression.ts';

/** Calls `fire` at each time of the rule's schedule until the signal is aborted. */
export async function runSchedule(
  rule: Rule,
  clock: Clock,
  signal: AbortSignal,
  fire: (time: number) => void,
): Promise<void> {
  if (!rule.schedule) return;
  let time = rule.schedule.next(clock.now());
  while (time !== undefined) {
    try {
      await clock.sleep(Math.max(0, time - clock.now()), signal);
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    fire(time);
    time = nextAfter(rule.schedule, time, clock.now());
  }
}

/** The schedule's next time that is still to come: a machine that was asleep does not catch up. */
function nextAfter(schedule: Schedule, time: number, now: number): number | undefined {
  let next = schedule.next(time);
  while (next !== undefined && next <= now) next = schedule.next(next);
  return next;
}
