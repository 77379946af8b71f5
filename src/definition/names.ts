import * as z from 'zod';

/** Lower case, digits and hyphens: a pipeline's name is part of a state machine's, a rule's and a log group's name. */
export const PipelineNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case letters, digits and hyphens, and begin with a letter')
  .max(60, 'must have at most 60 characters: the stage is put behind it, and Step Functions allows 80');

/** `is_run_NAME_complete` must not exceed the 80 characters of a state's name. */
const MAX_STEP_NAME_LENGTH = 64;

/** A step is a state, so its name is what people see in the Step Functions console. */
export const StepNameSchema = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]*$/, 'must be letters, digits and underscores, and begin with a letter')
  .max(MAX_STEP_NAME_LENGTH, `must have at most ${MAX_STEP_NAME_LENGTH} characters`);

/** `schema.object`, both plain identifiers of at most 127 bytes: nothing that would need quoting gets into SQL. */
export const QualifiedNameSchema = z
  .string()
  .regex(
    /^[a-z_][a-z0-9_]{0,126}\.[a-z_][a-z0-9_]{0,126}$/,
    'must be schema.name, lower-case identifiers without quotes',
  );

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
