import * as z from 'zod';

/** Lower case, digits and hyphens: a pipeline's name is part of a state machine's, a rule's and a log group's name. */
export const PipelineNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case letters, digits and hyphens, and begin with a letter')
  .max(
    60,
    'must have at most 60 characters: the name of the stage is appended, and Step Functions allows 80',
  );

/** `is_run_NAME_complete` must not exceed the 80 characters of a state's name. */
const MAX_STEP_NAME_LENGTH = 64;

/** A step is a state, so people see its name in the Step Functions console. */
export const StepNameSchema = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]*$/, 'must be letters, digits and underscores, and begin with a letter')
  .max(MAX_STEP_NAME_LENGTH, `must have at most ${MAX_STEP_NAME_LENGTH} characters`);

/** Redshift's limit, which counts bytes. https://docs.aws.amazon.com/redshift/latest/dg/r_names.html */
const MAX_NAME_BYTES = 127;

/**
 * One part of a name. The excluded characters have a meaning where names are used: in the fence's list (`.`, `=`,
 * `,`), in SQL (quotes, backslash, `:`), in state machines and templates (braces).
 */
const NAME_PART = /^[\p{L}\p{M}\p{N}_$#@&+/()!~ -]+$/u;

/**
 * `schema.object` as Redshift stores it. Names are written without quotes, as people see them. ASCII letters are
 * folded to lower case; Redshift does that with quoted names, too. {@link toSqlName} quotes them where SQL needs it.
 */
export const QualifiedNameSchema = z
  .string()
  .superRefine((name, context) => {
    const problem = problemOfName(name);
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
  })
  .transform(foldName);

/** A column, as people see it: without quotes, ASCII letters in lower case as Redshift stores them. */
export const ColumnNameSchema = z
  .string()
  .superRefine((name, context) => {
    const problem = /["'`[\].]/.test(name)
      ? 'must be a column without quotes, brackets or dots'
      : problemOfPart(name);
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
  })
  .transform(foldName);

/** A procedure is named without its arguments: `schema.name()` would be called as `"name()"()`. */
export const ProcedureNameSchema = z
  .string()
  .regex(/^[^()]*$/, 'must be schema.name without parentheses: write arguments into `args`')
  .pipe(QualifiedNameSchema);

/** Changes ASCII letters to lower case. Redshift leaves other letters as they are. */
export function foldName(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function problemOfName(name: string): string | undefined {
  if (/["'`[\]]/.test(name))
    return 'must be schema.name without quotes or brackets: quotes are added where SQL needs them';
  const parts = name.split('.');
  if (parts.length !== 2)
    return 'must be schema.name with one dot: a database name, or a dot in a name, is not supported';
  const problem = parts.map(problemOfPart).find((found) => found !== undefined);
  return problem && `must be schema.name: ${problem}`;
}

function problemOfPart(part: string): string | undefined {
  if (part.trim() !== part || part === '') return 'a name may not be empty, or begin or end with a blank';
  if (!NAME_PART.test(part))
    return 'a name must be of letters, digits, blanks and _ $ # @ & + / ( ) ! ~ -: let DMS rename a table that has another name';
  if (Buffer.byteLength(part) > MAX_NAME_BYTES)
    return `a name must have at most ${MAX_NAME_BYTES} bytes, as Redshift allows`;
  return undefined;
}

/** Identifier of a DMS replication task, as DMS allows it. */
export const TaskIdentifierSchema = z
  .string()
  .regex(/^[A-Za-z](?:-?[A-Za-z0-9])*$/, 'must be a DMS task identifier: letters, digits, single hyphens')
  .max(255);

/** Name of a query's file in sql/checks, without `.sql`. */
export const CheckNameSchema = z
  .string()
  .regex(
    /^[a-z][a-z0-9_]*$/,
    'must be the name of a file in sql/checks without .sql: lower-case letters, digits, underscores',
  )
  .max(100);
