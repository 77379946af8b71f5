import { type HistoryEvent, timeOf } from './history-event.ts';
import type { RunStage } from './run.ts';
import type { Span } from './spans.ts';
import { failedStatement } from './view-run.ts';

/** What the Data API says of a statement while it knows it. */
export interface KnownStatement {
  readonly createdAt?: Date;
  readonly updatedAt?: Date;
  readonly durationMs?: number;
  readonly redshiftQueryId?: number;
}

/** An attempt of a step's statement. Times are milliseconds since 1970. */
interface Attempt {
  readonly id: string;
  readonly submittedAt: number;
  readonly endedAt?: number | undefined;
  readonly durationMs?: number | undefined;
  readonly status: 'queued' | 'running' | 'done' | 'failed';
}

type Details = Readonly<Record<string, unknown>>;

/** Where a step's statements were, from what its states have passed on. */
export interface Attempts {
  /** Takes the record of a statement, as src/statements writes it. */
  take(record: Details): void;
  /** Takes the begin, and the failed end, of a call of a function: a statement may fail before its record is passed on. */
  callBegan(event: HistoryEvent): void;
  callEnded(event: HistoryEvent): void;
  /** @param to end of the step so far */
  spans(about: {
    readonly stage: RunStage;
    readonly to: number;
    readonly statements: ReadonlyMap<string, KnownStatement>;
  }): readonly Span[];
}

/** @see Attempts */
export function createAttempts(): Attempts {
  const attempts = new Map<number, Attempt>();
  let call: { readonly from: number; readonly to?: number } | undefined;
  return {
    take(record) {
      for (const failed of (record.failedAttempts ?? []) as readonly Details[])
        attempts.set(Number(failed.attempt), readAttempt(failed, String(failed.statementId), 'failed'));
      if (record.resubmit !== true)
        attempts.set(Number(record.attempt), readAttempt(record, String(record.id), statusOf(record)));
    },
    callBegan: (event) => {
      call = { from: timeOf(event) };
    },
    callEnded: (event) => {
      if (call !== undefined) call = { ...call, to: timeOf(event) };
    },
    spans({ stage, to, statements }) {
      const last = Math.max(0, ...attempts.keys());
      const failedId = stage.state === 'failed' ? failedStatement(stage.failure?.cause) : undefined;
      const unseen = failedId !== undefined && attempts.get(last)?.id !== failedId && call !== undefined;
      if (unseen) {
        const { from, to: endedAt = to } = call ?? { from: to };
        attempts.set(last + 1, { id: failedId, submittedAt: from, endedAt, status: 'failed' });
      }
      return [...attempts].flatMap(([number, attempt]) =>
        spansOf(number, isOver(stage, attempt, failedId) ? { ...attempt, status: 'failed' } : attempt, {
          to,
          known: statements.get(attempt.id),
        }),
      );
    },
  };
}

/** The attempt with which the step failed. */
function isOver(stage: RunStage, attempt: Attempt, failedId: string | undefined): boolean {
  return stage.state === 'failed' && attempt.status !== 'done' && attempt.id === failedId;
}

function readAttempt(details: Details, id: string, status: Attempt['status']): Attempt {
  const time = (value: unknown) => (typeof value === 'string' ? Date.parse(value) : undefined);
  return {
    id,
    status,
    submittedAt: time(details.submittedAt) ?? Number.NaN,
    endedAt: time(details.endedAt),
    durationMs: typeof details.durationMs === 'number' ? details.durationMs : undefined,
  };
}

function statusOf({ complete, status }: Details): Attempt['status'] {
  if (complete === true) return 'done';
  return status === 'SUBMITTED' || status === 'PICKED' ? 'queued' : 'running';
}

/** Waiting in Redshift's queue, then running. Nothing for an attempt that was not submitted, or of which no time is known. */
function spansOf(
  attempt: number,
  { id, status, ...seen }: Attempt,
  { to, known }: { readonly to: number; readonly known: KnownStatement | undefined },
): readonly Span[] {
  const submittedAt = known?.createdAt?.getTime() ?? seen.submittedAt;
  const isKnownEnd = status === 'done' || status === 'failed';
  const endedAt = seen.endedAt ?? (isKnownEnd ? known?.updatedAt?.getTime() : undefined) ?? to;
  if (Number.isNaN(submittedAt) || id === 'none') return [];
  if (status === 'queued') return [{ kind: 'queued', from: submittedAt, to: endedAt, attempt }];
  const durationMs = seen.durationMs ?? (isKnownEnd ? known?.durationMs : undefined);
  const begunAt =
    durationMs === undefined ? submittedAt : Math.max(submittedAt, endedAt - Math.round(durationMs));
  return [
    { kind: 'queued', from: submittedAt, to: begunAt, attempt },
    { kind: status === 'failed' ? 'failed' : 'running', from: begunAt, to: endedAt, attempt },
  ];
}
