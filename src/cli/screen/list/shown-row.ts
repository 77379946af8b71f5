import type { StepState } from '../../../run-history/run.ts';

/** Something that goes on or has ended, as a row of the list. */
export interface ShownRow {
  readonly name: string;
  /** What it does, `calls dbo.sp_load_cust_dim`; may be empty. */
  readonly about: string;
  readonly state: StepState;
  /** How it ended, in words; empty before. */
  readonly result: string;
  /** Milliseconds since 1970. */
  readonly startedAt?: number | undefined;
  readonly endedAt?: number | undefined;
  /** The same as words of a sentence: `Load_Customer_Dim calls dbo.sp_load_cust_dim`, `done; …`. */
  readonly sentence: { readonly subject: string; readonly result: string };
  /** Why it failed, as the error says it. */
  readonly cause?: string | undefined;
}

/** How something ended: well, badly, or not at all. */
export type Mark = '✓' | '✗' | '–';

export const MARKS: Readonly<Record<Exclude<StepState, 'running'>, Mark | '·'>> = {
  'not-started': '·',
  done: '✓',
  failed: '✗',
  aborted: '–',
};

/** `1.2 s`, `3 min 04 s`, `2 h 05 min`: a duration as people write it. */
export function describeSeconds(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 100) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${two(Math.floor(seconds % 60))} s`;
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}

const two = (number: number) => String(number).padStart(2, '0');
