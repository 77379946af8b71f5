import { FAULT_KINDS } from '../fault-kinds.ts';
import { COUNTED, type Counted } from '../judge/record.ts';
import type { Totals } from './totals.ts';

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
