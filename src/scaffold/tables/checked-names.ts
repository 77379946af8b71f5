import type * as z from 'zod';
import { InvalidConfig } from '../../errors/errors.ts';
import { ELT_SCHEMA } from '../../names/elt-tables.ts';
import { ColumnNameSchema, QualifiedNameSchema } from '../../names/names.ts';
import { describeIssues } from '../../zod-issues.ts';
import { isKeptWhole } from '../derived-names.ts';

/** @throws InvalidConfig with the reason, where the schema does not take the text */
export function checked<Output>(what: string, schema: z.ZodType<Output>, text: unknown): Output {
  const parsed = schema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new InvalidConfig(`${what} ${JSON.stringify(text)}: ${describeIssues(parsed.error).join('; ')}`);
}

/** A table that is to be made, by the rules for all names, and by those for making one. @throws InvalidConfig */
export function checkedName(written: string): string {
  const name = checked('table', QualifiedNameSchema, written);
  const problem = problemOf(name);
  if (problem !== undefined) throw new InvalidConfig(`table ${JSON.stringify(written)}: ${problem}`);
  return name;
}

/** A column that is to be made. @throws InvalidConfig */
export function checkedColumn(written: string, table: string): string {
  const name = checked(`column of ${table},`, ColumnNameSchema, written);
  const problem = problemOf(`x.${name}`);
  if (problem !== undefined)
    throw new InvalidConfig(`column ${JSON.stringify(written)} of ${table}: ${problem}`);
  return name;
}

function problemOf(name: string): string | undefined {
  const [schema = '', object = ''] = name.split('.');
  if (schema === ELT_SCHEMA) return `the schema ${ELT_SCHEMA} is for the orchestrator’s own tables`;
  if (/^pg_|^information_schema$/.test(schema)) return 'the schema is for the tables of the warehouse itself';
  if (object.startsWith('#')) return 'Redshift makes a temporary table of a name that begins with #';
  if (name.includes('$$')) return 'must not hold $$, which ends the body of a procedure';
  if (!isKeptWhole(name))
    return 'a part of its name has more than 63 bytes, and the local PostgreSQL cuts it';
  return undefined;
}
