/** A statement of the model Data API. Times are epoch milliseconds. */
export interface Statement {
  readonly id: string;
  readonly name: string;
  readonly token: string;
  readonly sqls: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
  readonly createdAt: number;
  /** Every status it has had, the last one last: lists that lag show an earlier one. */
  readonly course: { readonly at: number; readonly status: StatementStatus }[];
  readonly cancelled: AbortController;
  readonly ended: PromiseWithResolvers<void>;
  error?: string;
  /** Rows by table, of a statement that counts. */
  counts?: readonly (readonly [table: string, rows: number])[];
  startedAt?: number;
  /** Somebody long-polls it. */
  hasWaiter: boolean;
  /** A list that lagged has left it out. */
  wasHidden: boolean;
}

export type StatementStatus = 'SUBMITTED' | 'PICKED' | 'STARTED' | 'FINISHED' | 'FAILED' | 'ABORTED';

export function statusOf({ course }: Statement): StatementStatus {
  return course.at(-1)?.status ?? 'SUBMITTED';
}

/** Its status at a moment, or undefined when it was not there yet. */
export function statusAt({ course }: Statement, at: number): StatementStatus | undefined {
  return course.findLast((step) => step.at <= at)?.status;
}

export function isAlive(statement: Statement): boolean {
  return ['SUBMITTED', 'PICKED', 'STARTED'].includes(statusOf(statement));
}
