/** A statement's failure in Redshift's words; what `DescribeStatement.Error` shows. */
export class WarehouseError extends Error {
  override readonly name = 'WarehouseError';
  /** PostgreSQL's SQLSTATE, where the server raised it. */
  readonly sqlState: string | undefined;
  /** True when the statement was ended by {@link Session.cancel}. */
  readonly cancelled: boolean;

  constructor(message: string, options: { sqlState?: string; cancelled?: boolean; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.sqlState = options.sqlState;
    this.cancelled = options.cancelled ?? false;
  }
}
