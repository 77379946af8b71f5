import { type ChaosKind, createDraws, type Draw } from '../local/parts.ts';

/** All that the local AWS injects has a rate here, but for one: an event that comes late is out of order, too. */
type AwsFaultKind = Exclude<ChaosKind, 'reordered-event'>;

/**
 * How likely each kind strikes where it can: those of the local AWS, and with them what its real warehouse, its real tasks
 * and its users do there by themselves. Kinds that people cause stand at the end.
 */
const FAULT_RATES = {
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
  'run-continued': 0.06,
  'wrong-rows': 0.08,
  'run-overtaken': 0.04,
} as const satisfies Readonly<Record<AwsFaultKind, number>> & Readonly<Record<string, number>>;

export type FaultKind = keyof typeof FAULT_RATES;

export const FAULT_KINDS = Object.keys(FAULT_RATES) as readonly FaultKind[];

/** A fault that strikes. */
export type Strike = Draw<FaultKind>;

/** Decides which occurrences are disturbed, and remembers what was. */
export interface Faults {
  /** Whether one of the kinds strikes here, and which. Counts as an occurrence of the place where they can. */
  strike(kinds: readonly FaultKind[], what: string): Strike | undefined;
  /** From now on nothing strikes. */
  end(): void;
  readonly injected: readonly InjectedFault[];
}

/** `lost-event#12`: an event is lost where the 12th has come. */
export interface InjectedFault {
  readonly id: string;
  readonly kind: FaultKind;
}

export interface FaultOptions {
  readonly seed: number;
  /** Only these, by id, instead of all that the seed has. */
  readonly only?: ReadonlySet<string> | undefined;
  /** Gets each fault and what it struck. */
  readonly report: (line: string) => void;
}

/** @see Faults */
export function createFaults({ seed, only, report }: FaultOptions): Faults {
  const draw = createDraws({ seed, kinds: FAULT_KINDS, rateOf: (kind) => FAULT_RATES[kind] });
  const injected: InjectedFault[] = [];
  let isOver = false;
  return {
    strike(kinds, what) {
      const strike = isOver ? undefined : draw(kinds);
      if (strike === undefined) return undefined;
      const { kind, occurrence } = strike;
      const id = `${kind}#${occurrence}`;
      if (only !== undefined && !only.has(id)) return undefined;
      injected.push({ id, kind });
      report(`fault ${kind}: ${what}`);
      return strike;
    },
    end: () => {
      isOver = true;
    },
    injected,
  };
}
