import { FAULT_KINDS, type FaultKind } from '../faults.ts';
import { COUNTED, type Counted } from '../judge/record.ts';
import type { WorldReport } from '../simulate-world.ts';

/** What many worlds came to. Plain data: it goes from thread to thread. */
export interface Totals {
  worlds: number;
  readonly counts: Record<Counted, number>;
  readonly faults: Partial<Record<FaultKind, number>>;
  /** Worlds in which something was that must not be. */
  readonly violated: { readonly seed: number; readonly violations: readonly string[] }[];
}

export function createTotals(): Totals {
  const counts = Object.fromEntries(COUNTED.map((name) => [name, 0])) as Record<Counted, number>;
  return { worlds: 0, counts, faults: {}, violated: [] };
}

export function addWorld(totals: Totals, { seed, violations, faults, counts }: WorldReport): void {
  totals.worlds += 1;
  for (const name of COUNTED) totals.counts[name] += counts[name];
  for (const { kind } of faults) totals.faults[kind] = (totals.faults[kind] ?? 0) + 1;
  if (violations.length > 0) totals.violated.push({ seed, violations });
}

export function addTotals(totals: Totals, more: Totals): void {
  totals.worlds += more.worlds;
  for (const name of COUNTED) totals.counts[name] += more.counts[name];
  for (const [kind, count] of Object.entries(more.faults) as [FaultKind, number][])
    totals.faults[kind] = (totals.faults[kind] ?? 0) + count;
  totals.violated.push(...more.violated);
}

const IN_WORDS: Readonly<Record<Counted, string>> = {
  historyEvents: 'history events',
  runs: 'runs',
  redrives: 'redrives',
  sweeps: 'sweeps',
  reruns: 'reruns',
  continuations: 'continuations',
  superseded: 'superseded',
  published: 'published',
  failures: 'failed ends',
  loads: 'loads',
  statements: 'statements',
  notifications: 'notifications',
};

/** What many worlds came to, in lines. */
export function summarize({ worlds, counts, faults, violated }: Totals): readonly string[] {
  const done = COUNTED.map((name) => `${counts[name].toLocaleString('en')} ${IN_WORDS[name]}`).join(', ');
  const injected = FAULT_KINDS.map((kind) => `${kind} ${faults[kind] ?? 0}`).join(', ');
  return [
    `${worlds.toLocaleString('en')} worlds: ${done}`,
    `faults: ${injected}`,
    violated.length === 0
      ? 'no violation'
      : `${violated.length} worlds with violations: seeds ${violated.map(({ seed }) => seed).join(', ')}`,
  ];
}
