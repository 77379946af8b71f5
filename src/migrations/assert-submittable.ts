import { MigrationFailed } from '../errors/errors.ts';
import { compactSql, type SqlStatement } from '../sql-text.ts';
import { MAX_STATEMENTS, RECORD_STATEMENTS } from './history.ts';
import { MAX_BATCH } from './sql-runner.ts';

/** Bytes of one statement: https://docs.aws.amazon.com/redshift/latest/mgmt/data-api.html */
const MAX_STATEMENT_BYTES = 200 * 1024;

/**
 * Statements that end their transaction. TRUNCATE commits everything that was done before it.
 * https://docs.aws.amazon.com/redshift/latest/dg/r_TRUNCATE.html
 */
const ENDS_TRANSACTION = /^(?:begin|start|commit|end|rollback|abort|truncate)\b/i;

/**
 * Makes sure that the Data API accepts a file's statements, and that they stay in one transaction with the file's
 * entry in the history.
 * @throws MigrationFailed naming file and line
 */
export function assertSubmittable(
  file: string,
  statements: readonly SqlStatement[],
  isTransaction: boolean,
): void {
  const problem =
    longStatement(statements) ??
    (isTransaction ? (tooMany(statements) ?? endOfTransaction(statements)) : notOne(statements));
  if (problem !== undefined) throw new MigrationFailed(`${file}: ${problem}`);
}

function longStatement(statements: readonly SqlStatement[]): string | undefined {
  const long = statements.find(({ text }) => Buffer.byteLength(text) > MAX_STATEMENT_BYTES);
  return (
    long &&
    `line ${long.line}: the statement that begins here is longer than the 200 KB that the Data API allows`
  );
}

function tooMany({ length }: readonly SqlStatement[]): string | undefined {
  if (length <= MAX_STATEMENTS) return undefined;
  const limit = `the Data API allows ${MAX_BATCH} in a transaction, and ${RECORD_STATEMENTS} of them keep the history`;
  return `has ${length} statements; ${limit}: split it into files of at most ${MAX_STATEMENTS}`;
}

function endOfTransaction(statements: readonly SqlStatement[]): string | undefined {
  for (const { text, line } of statements) {
    const [word] = ENDS_TRANSACTION.exec(compactSql(text)) ?? [];
    if (word === undefined) continue;
    const instead =
      word.toUpperCase() === 'TRUNCATE'
        ? 'use DELETE, or a file of its own with "-- migrate: no transaction"'
        : 'leave it out';
    return `line ${line}: ${word.toUpperCase()} would end the transaction that the file is applied in: ${instead}`;
  }
  return undefined;
}

function notOne({ length }: readonly SqlStatement[]): string | undefined {
  return length === 1
    ? undefined
    : `has ${length} statements; a file without a transaction must have exactly one`;
}
