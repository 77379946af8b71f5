/** A statement of the model Data API. Times are epoch milliseconds. */
export interface ModelStatement {
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
  /** What a query answers. */
  rows?: readonly (readonly (string | number | null)[])[];
  startedAt?: number;
  /** Somebody long-polls it. */
  hasWaiter: boolean;
  /** A list that lagged has left it out. */
  wasHidden: boolean;
}

export type StatementStatus = 'SUBMITTED' | 'PICKED' | 'STARTED' | 'FINISHED' | 'FAILED' | 'ABORTED';

export function statusOf({ course }: ModelStatement): StatementStatus {
  return course.at(-1)?.status ?? 'SUBMITTED';
}

/** Its status at a moment, or undefined when it was not there yet. */
export function statusAt({ course }: ModelStatement, at: number): StatementStatus | undefined {
  return course.findLast((step) => step.at <= at)?.status;
}

export function isAlive(statement: ModelStatement): boolean {
  return ['SUBMITTED', 'PICKED', 'STARTED'].includes(statusOf(statement));
}

const NS_PER_MS = 1_000_000;

/** DescribeStatement's answer, as on the wire. */
export function describe(statement: ModelStatement, now: number): object {
  const { id, error, startedAt, course, createdAt } = statement;
  const end = isAlive(statement) ? now : (course.at(-1)?.at ?? now);
  return {
    Id: id,
    Status: statusOf(statement),
    CreatedAt: createdAt / 1000,
    UpdatedAt: (course.at(-1)?.at ?? createdAt) / 1000,
    Duration: startedAt === undefined ? 0 : (end - startedAt) * NS_PER_MS,
    RedshiftQueryId: 0,
    ...(error === undefined ? {} : { Error: error }),
  };
}

/** An entry of ListStatements, as on the wire. */
export function listItem(
  { id, name, createdAt, sqls, parameters }: ModelStatement,
  status: StatementStatus,
): object {
  return {
    ...{ Id: id, StatementName: name, Status: status, CreatedAt: createdAt / 1000, QueryStrings: sqls },
    QueryParameters: Object.entries(parameters).map(([key, value]) => ({ name: key, value })),
  };
}
