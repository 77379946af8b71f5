/** How likely each kind strikes where it can. Kinds that people cause stand at the end. */
export const FAULT_RATES = {
  'lost-event': 0.12,
  'double-event': 0.1,
  'late-event': 0.18,
  throttle: 0.008,
  'wrapped-throttle': 0.008,
  'error-before': 0.006,
  'error-after': 0.01,
  'slow-answer': 0.06,
  'lagging-list': 0.15,
  'lagging-describe': 0.05,
  'no-concurrency': 0.01,
  'killed-before': 0.01,
  'killed-after': 0.02,
  'killed-midway': 0.015,
  'timed-out': 0.006,
  'lives-on': 0.015,
  'stuck-submitted': 0.05,
  'slow-statement': 0.08,
  'slow-rollback': 0.3,
  'sql-conflict': 0.03,
  'sql-failure': 0.03,
  'connection-lost-before': 0.01,
  'connection-lost-after': 0.015,
  'table-error': 0.05,
  'table-empty': 0.01,
  'load-failed': 0.03,
  'load-stopped': 0.03,
  'run-stopped': 0.22,
  'run-redriven-late': 0.3,
  'pipeline-held': 0.06,
  'load-rerun': 0.1,
  'load-doubled': 0.1,
} as const satisfies Readonly<Record<string, number>>;

export type FaultKind = keyof typeof FAULT_RATES;

export const FAULT_KINDS = Object.keys(FAULT_RATES) as readonly FaultKind[];
