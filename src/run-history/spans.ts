/**
 * What a part of a run was doing. `turn`: waiting for another run of the pipeline. `orchestrator`: Step Functions, Lambda and calls
 * of APIs. `queued`: submitted to the Data API, and not begun. `running`: in Redshift. `failed`: in Redshift, an attempt that
 * failed. `pause`: before the next attempt. `halted`: the run had ended, and was redriven later.
 */
export type SpanKind = 'turn' | 'orchestrator' | 'queued' | 'running' | 'failed' | 'pause' | 'halted';

/** A stretch of time of a part of a run. Times are milliseconds since 1970. */
export interface Span {
  readonly kind: SpanKind;
  readonly from: number;
  readonly to: number;
  /** Number of the statement's attempt that it is about. */
  readonly attempt?: number;
}

/** What counts where several spans cover a moment: the later kind of this list. */
const RANK: readonly SpanKind[] = ['orchestrator', 'turn', 'pause', 'queued', 'running', 'failed', 'halted'];

/**
 * Lays spans, which may overlap and reach beyond, into the time from `from` to `to`. The result has no gaps and no overlaps: what no
 * span covers is the orchestrator's. A span without a duration is left out.
 */
export function layOut(from: number, to: number, spans: readonly Span[]): readonly Span[] {
  const inside = spans
    .map((span) => ({ ...span, from: Math.max(from, span.from), to: Math.min(to, span.to) }))
    .filter((span) => span.to > span.from)
    .toSorted((a, b) => RANK.indexOf(b.kind) - RANK.indexOf(a.kind));
  const edges = [...new Set([from, to, ...inside.flatMap((span) => [span.from, span.to])])].toSorted(
    (a, b) => a - b,
  );
  const laidOut: Span[] = [];
  for (const [index, end] of edges.entries()) {
    const begin = edges[index - 1];
    if (begin === undefined) continue;
    const { kind, attempt } = inside.find((span) => span.from <= begin && span.to >= end) ?? {
      kind: 'orchestrator',
    };
    const last = laidOut.at(-1);
    if (last?.kind === kind && last.attempt === attempt) laidOut.pop();
    const joined = last?.kind === kind && last.attempt === attempt ? last.from : begin;
    laidOut.push({ kind, from: joined, to: end, ...(attempt === undefined ? {} : { attempt }) });
  }
  return laidOut;
}
