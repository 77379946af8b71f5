import type { Target } from '../../data-api/target.ts';
import { StatementFailed } from '../../errors/errors.ts';

const MISSING = /(?:relation|schema) "([^"]+)" does not exist/;
/** Redshift says relation, PostgreSQL says table; both leave out the schema. */
const DENIED = /permission denied for (?:relation|table|schema) (?:"([^"]+)"|([^\s(]+))/;

/**
 * The error for a count of staged rows that failed. It says what to do, followed by the SQL error. Errors that are
 * clear by themselves stay as they are.
 */
export function explainCount(
  error: StatementFailed,
  { target, tables }: { readonly target: Target; readonly tables: readonly string[] },
): StatementFailed {
  const [, missing] = MISSING.exec(error.message) ?? [];
  if (missing !== undefined) return explained(missingText(missing), error);
  const [, quoted, plain] = DENIED.exec(error.message) ?? [];
  const denied = quoted ?? plain;
  return denied === undefined ? error : explained(deniedText(denied, tables, target), error);
}

function explained(text: string, error: StatementFailed): StatementFailed {
  return new StatementFailed(`${text} ${error.message}`, { cause: error });
}

function missingText(name: string): string {
  if (name === 'elt' || name.startsWith('elt.'))
    return `${name} does not exist in the warehouse. Create it with npm run migrate -- --stage STAGE.`;
  return [
    `The staged table or schema ${name} does not exist in the warehouse. Create it with a migration in sql/migrations (npm run migrate --`,
    '--stage STAGE), or let DMS create it at its first load. The pipeline must use the name that the task’s table mappings give it.',
  ].join(' ');
}

function deniedText(name: string, tables: readonly string[], target: Target): string {
  const denied = tables.filter((table) => table.split('.').includes(name));
  const shown = denied.length === 0 ? name : denied.join(', ');
  return [
    `${userOf(target)} may not read ${shown}. It needs USAGE on the schema and SELECT on the table. Grant both in sql/migrations (the`,
    'sample does it in R__user_grants.sql), then npm run migrate -- --stage STAGE. If that file grants both already, the table was created',
    'again since, and migrate finds nothing to apply: change a comment in the file, and migrate applies it again.',
  ].join(' ');
}

function userOf(target: Target): string {
  if ('dbUser' in target) return `The database user ${target.dbUser}`;
  return 'secretArn' in target
    ? `The database user of the secret ${target.secretArn}`
    : 'The database user of the functions’ role (IAMR:…)';
}
