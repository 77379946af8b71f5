import { lex } from '../../../../sql-lexer.ts';
import { AwsError } from '../../../aws-error.ts';
import type { SqlParameter } from '../../../contracts.ts';

/** Names of the `:name` placeholders in a SQL text: none in strings, quoted names, comments and dollar-quoted bodies. */
export function findPlaceholders(sql: string): ReadonlySet<string> {
  const parameters = lex(sql).filter(({ kind }) => kind === 'parameter');
  return new Set(parameters.map(({ text }) => text.slice(1)));
}

/**
 * Checks the parameters of a request: every one is used by at least one SQL, every placeholder has one. Without any
 * parameters a colon is the database's business.
 * @throws AwsError ValidationException
 */
export function checkParameters(sqls: readonly string[], parameters: readonly SqlParameter[]): void {
  if (parameters.length === 0) return;
  const names = parameters.map(({ name }) => name);
  const duplicates = names.filter((name, index) => names.indexOf(name) !== index);
  if (duplicates.length > 0) throw invalid('duplicate', duplicates);
  const used = new Set(sqls.flatMap((sql) => [...findPlaceholders(sql)]));
  const unused = names.filter((name) => !used.has(name));
  if (unused.length > 0) throw invalid('unused', unused);
  const missing = [...used].filter((name) => !names.includes(name));
  if (missing.length > 0) {
    throw new AwsError(
      'ValidationException',
      `Parameters list is missing parameters: [${missing.join(', ')}]`,
    );
  }
}

/** Those parameters of a batch that one of its SQL texts uses. */
export function parametersOf(sql: string, parameters: readonly SqlParameter[]): readonly SqlParameter[] {
  if (parameters.length === 0) return parameters;
  const used = findPlaceholders(sql);
  return parameters.filter(({ name }) => used.has(name));
}

function invalid(fault: 'duplicate' | 'unused', names: readonly string[]): AwsError {
  const label = `${fault.charAt(0).toUpperCase()}${fault.slice(1)}`;
  return new AwsError(
    'ValidationException',
    `Parameters list contains ${fault} parameters. ${label} parameters: [${names.join(', ')}]`,
  );
}
