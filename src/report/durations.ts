/** How often something was measured, how long it usually took, and how long at most; milliseconds. */
export interface DurationSummary {
  readonly runs: number;
  readonly medianMs: number;
  readonly slowestMs: number;
}

export function summarizeDurations(durations: readonly number[]): DurationSummary {
  const sorted = durations.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  const lower = sorted[sorted.length % 2 === 1 ? middle : middle - 1] ?? upper;
  return { runs: sorted.length, medianMs: (lower + upper) / 2, slowestMs: sorted.at(-1) ?? 0 };
}
