import type { BusEvent } from '../../local/parts.ts';

/** What is counted for the summary. */
export const COUNTED = [
  'historyEvents',
  'runs',
  'redrives',
  'sweeps',
  'reruns',
  'continuations',
  'superseded',
  'published',
  'failures',
  'loads',
  'statements',
  'notifications',
] as const;
export type Counted = (typeof COUNTED)[number];

/** What was seen while a world went on. */
export interface WorldRecord {
  readonly violations: readonly string[];
  readonly counts: Readonly<Record<Counted, number>>;
  /** Texts of all notifications. */
  readonly notifications: readonly string[];
  /** When each of them was published, epoch milliseconds. */
  readonly notifiedAt: readonly number[];
  /** Events that never reached a rule. */
  readonly lostEvents: readonly BusEvent[];
  count(what: Counted): void;
  violate(text: string): void;
  /** @param at epoch milliseconds */
  notify(text: string, at: number): void;
  lose(event: BusEvent): void;
}

export function createRecord(log: (line: string) => void): WorldRecord {
  const violations = new Set<string>();
  const counts = Object.fromEntries(COUNTED.map((name) => [name, 0])) as Record<Counted, number>;
  const notifications: string[] = [];
  const notifiedAt: number[] = [];
  const lostEvents: BusEvent[] = [];
  return {
    get violations() {
      return [...violations];
    },
    counts,
    notifications,
    notifiedAt,
    lostEvents,
    count(what) {
      counts[what] += 1;
    },
    violate(text) {
      log(`VIOLATION ${text}`);
      violations.add(text);
    },
    notify(text, at) {
      notifiedAt.push(at);
      counts.notifications += 1;
      notifications.push(text);
    },
    lose: (event) => void lostEvents.push(event),
  };
}
