import { DatabaseError } from 'pg';
import { withLongNames } from '../dialect/token/long-names.ts';
import { WarehouseError } from '../warehouse-error.ts';
import { ResultTooLarge } from './statement-query.ts';

export interface FailedStatement {
  readonly queryId: number;
  readonly pid: number;
  readonly cancelRequested: boolean;
}

const CANCELLED = '57014';

/** The driver's words, which have no severity: https://github.com/aws/amazon-redshift-jdbc-driver */
const CONNECTION_LOST = 'An I/O error occurred while sending to the backend.';

/** Turns what the driver rejected with into Redshift's words. */
export function toWarehouseError(error: unknown, statement: FailedStatement): WarehouseError {
  if (error instanceof WarehouseError) return error;
  if (error instanceof ResultTooLarge) return new WarehouseError(`ERROR: ${error.message}`, { cause: error });
  if (!(error instanceof DatabaseError)) {
    return new WarehouseError(CONNECTION_LOST, { sqlState: '08006', cause: error });
  }
  const sqlState = error.code ?? 'XX000';
  if (sqlState === CANCELLED && statement.cancelRequested) {
    const message = `ERROR: Query (${statement.queryId}) cancelled on user's request`;
    return new WarehouseError(message, { sqlState, cancelled: true, cause: error });
  }
  return new WarehouseError(describe(error, statement), { sqlState, cause: error });
}

/** The message as pgjdbc prints it, which is what the Data API shows. */
function describe(error: DatabaseError, statement: FailedStatement): string {
  const known = error.code === undefined ? undefined : REDSHIFT_WORDS[error.code]?.(error, statement);
  const {
    message,
    detail = '',
    hint = '',
  } = known ?? { message: error.message, detail: error.detail, hint: error.hint };
  const where = cleanWhere(error.where ?? '');
  const parts = [
    `${error.severity ?? 'ERROR'}: ${message.replace(/(?:role|user) "(group|role) /, '$1 "')}`,
    detail && `Detail: ${detail}`,
    hint && `Hint: ${hint}`,
    where && `Where: ${where}`,
  ];
  return withLongNames(parts.filter(Boolean).join('\n  '));
}

interface Words {
  readonly message: string;
  readonly detail?: string;
  readonly hint?: string | undefined;
}

const ATOMIC_HINT =
  'Try calling the procedure as a top-level call i.e. not from within an explicit transaction block. ' +
  'Or, if this procedure (or one of its ancestors in the call chain) was created with SET config options, ' +
  'recreate the procedure without them.';

/** Where Redshift has other words than PostgreSQL, by SQLSTATE. None of them shows a row's values. */
const REDSHIFT_WORDS: Readonly<
  Record<string, (error: DatabaseError, statement: FailedStatement) => Words | undefined>
> = {
  // PostgreSQL's hints name what Redshift does not have.
  '428C9': () => ({ message: 'cannot set an identity column to a value' }),
  '42P16': ({ message }) => ({ message }),
  '23502': ({ column }) => ({ message: `Cannot insert a NULL value into column ${column ?? ''}` }),
  '40001': (_, { queryId, pid }) => ({
    message:
      '1023 DETAIL: Serializable isolation violation on table - 0, ' +
      `transactions forming the cycle are: ${queryId}, ${queryId - 1} (pid:${pid})`,
  }),
  // The same words for statement_timeout as for a person: https://docs.aws.amazon.com/redshift/latest/dg/r_statement_timeout.html
  [CANCELLED]: (_, { queryId }) => ({ message: `Query (${queryId}) canceled on user's request` }),
  '21000': ({ message }) =>
    message.startsWith('MERGE command')
      ? { message: 'Found multiple matches to update the same tuple.' }
      : undefined,
  '42704': ({ message, hint }) =>
    message.startsWith('role ') ? { message: message.replace('role', 'user'), hint } : undefined,
  '2D000': (error) => ({
    message: error.message.endsWith('atomic context.')
      ? error.message
      : 'COMMIT cannot be invoked from a procedure that is executing in an atomic context.',
    hint: ATOMIC_HINT,
  }),
  XX000: ({ message }) =>
    /could not open relation with OID|cache lookup failed for relation/.test(message)
      ? { message: '1018 DETAIL: Relation does not exist.' }
      : undefined,
};

/** Our own functions are no business of the reader's. */
function cleanWhere(where: string): string {
  return where
    .replaceAll(/^SQL statement "[^\n]*\n(?=[^\n]*local_warehouse\.)/gm, '')
    .split('\n')
    .filter((line) => !line.includes('local_warehouse.') && !line.startsWith('SQL function "'))
    .join('\n');
}
