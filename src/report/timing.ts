import type { Span } from '../run-history/spans.ts';
import type { ReportRow, Timing, TimingPart } from './report.ts';

/** A part of the run, as far as the critical path needs it. */
export type PathRow = Pick<ReportRow, 'name' | 'after' | 'from' | 'to' | 'spans'>;

/**
 * Names of the rows that decided when the run ended: from the row that ended last back to the first one, always by the row that
 * ended last among those that a row follows.
 */
export function findCriticalPath(rows: readonly PathRow[]): readonly string[] {
  const byName = new Map(rows.map((row) => [row.name, row]));
  const begun = rows.filter(({ from }) => from !== undefined);
  const path: string[] = [];
  let row = lastEnded(begun);
  while (row !== undefined) {
    path.unshift(row.name);
    const before: readonly (PathRow | undefined)[] = row.after.map((name) => byName.get(name));
    row = lastEnded(before.filter((candidate) => candidate?.from !== undefined) as readonly PathRow[]);
  }
  return path;
}

function lastEnded(rows: readonly PathRow[]): PathRow | undefined {
  // Of two that ended at once, the one that stands later follows the other.
  return rows.reduce<PathRow | undefined>(
    (last, row) => (last === undefined || (row.to ?? 0) >= (last.to ?? 0) ? row : last),
    undefined,
  );
}

/** Moments of a run, milliseconds since 1970. */
export interface Moments {
  /** When DMS stopped, if the run followed upon that. */
  readonly loadedAt: number | undefined;
  readonly startedAt: number;
  /** When the run ended, or the moment of the report. */
  readonly to: number;
}

/** Where the time went, along the critical path. What is between two rows is the orchestrator's. */
export function measureTiming(path: readonly PathRow[], { loadedAt, startedAt, to }: Moments): Timing {
  const from = Math.min(loadedAt ?? startedAt, startedAt);
  const spent = new Map<TimingPart['kind'], number>();
  let reached = from;
  const spend = (kind: TimingPart['kind'], until: number) => {
    const end = Math.min(until, to);
    if (end <= reached) return;
    spent.set(kind, (spent.get(kind) ?? 0) + end - reached);
    reached = end;
  };
  spend('event', startedAt);
  for (const span of path.flatMap(({ spans }): readonly Span[] => spans)) {
    spend('orchestrator', span.from);
    spend(span.kind, span.to);
  }
  spend('orchestrator', to);
  return { from, to, parts: [...spent].map(([kind, ms]) => ({ kind, ms })) };
}
