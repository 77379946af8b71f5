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
