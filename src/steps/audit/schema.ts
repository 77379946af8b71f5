import * as z from 'zod';
import { CheckNameSchema, ColumnNameSchema, QualifiedNameSchema } from '../../names/names.ts';
import { LiteralSchema } from '../call/argument.ts';
import type { Audit } from './definition.ts';

/** Room in the table of audits. */
const MAX_NAME = 500;

const options = {
  severity: z.enum(['fail', 'warn']).default('fail'),
  showRows: z.boolean().default(false),
  name: z
    .string()
    .trim()
    .min(1)
    .max(MAX_NAME)
    .regex(/^(?:(?!\{%).)*$/s, 'must not hold "{%"')
    .regex(/^[^\r\n]*$/, 'must be one line')
    .optional(),
};
const { showRows: _, ...withoutRows } = options;
const columns = z
  .array(ColumnNameSchema)
  .min(1)
  .max(20)
  .refine((names) => new Set(names).size === names.length, 'must name each column once');

const CheckAuditSchema = z
  .strictObject({ check: CheckNameSchema, ...options })
  .transform(({ check, ...rest }) => named({ kind: 'check' as const, check, ...rest }, check));

const UniqueSchema = z
  .strictObject({ unique: QualifiedNameSchema, columns, ...options })
  .transform(({ unique: table, ...rest }) =>
    named({ kind: 'unique' as const, table, ...rest }, `unique ${table} (${rest.columns.join(', ')})`),
  );

const NotNullSchema = z
  .strictObject({ notNull: QualifiedNameSchema, columns, ...options })
  .transform(({ notNull: table, ...rest }) =>
    named({ kind: 'notNull' as const, table, ...rest }, `notNull ${table} (${rest.columns.join(', ')})`),
  );

const ReferencesSchema = z
  .strictObject({
    references: QualifiedNameSchema,
    columns,
    to: QualifiedNameSchema,
    key: columns.optional(),
    ...options,
  })
  .refine(({ columns, key = columns }) => key.length === columns.length, {
    path: ['key'],
    message: 'must have as many columns as `columns`',
  })
  .transform(({ references: table, columns, key = columns, ...rest }) =>
    named(
      { kind: 'references' as const, table, columns, key, ...rest },
      `references ${table} (${columns.join(', ')}) to ${rest.to} (${key.join(', ')})`,
    ),
  );

const AcceptedSchema = z
  .strictObject({
    accepted: QualifiedNameSchema,
    column: ColumnNameSchema,
    values: z
      .array(LiteralSchema)
      .min(1)
      .max(100)
      .refine((values) => new Set(values.map((value) => typeof value)).size <= 1, {
        message: 'must all be texts, numbers or booleans: a column has one type',
      }),
    ...options,
  })
  .transform(({ accepted: table, ...rest }) =>
    named({ kind: 'accepted' as const, table, ...rest }, `accepted ${table} (${rest.column})`),
  );

const CHANGE = /^([±+-])(\d{1,4}(?:\.\d{1,4})?)%$/;

const ChangeSchema = z
  .string()
  .regex(CHANGE, "must be a change in per cent like '±20%', '+50%' or '-10%'")
  .transform((text) => {
    const [, sign, number] = CHANGE.exec(text) ?? [];
    // Rounded: 1 + 0.57 is 1.5699999999999998 as a binary number.
    const times = (change: number) => Number((1 + change / 100).toFixed(6));
    return {
      least: sign === '+' ? 1 : Math.max(0, times(-Number(number))),
      most: sign === '-' ? 1 : times(Number(number)),
    };
  });

const RowsSchema = z
  .strictObject({
    rows: QualifiedNameSchema,
    min: z.int().min(0).nullable().default(null),
    max: z.int().min(0).nullable().default(null),
    change: ChangeSchema.nullable().default(null),
    ...withoutRows,
  })
  .refine(({ min, max, change }) => min !== null || max !== null || change !== null, {
    path: ['min'],
    message: 'must say min, max or change: how many rows are meant',
  })
  .refine(({ min, max }) => min === null || max === null || min <= max, {
    path: ['max'],
    message: 'must not be below min',
  })
  .transform(({ rows: table, ...rest }) =>
    named({ kind: 'rows' as const, table, showRows: false, ...rest }, `rows ${table}`),
  );

/** An audit with the name that it has where it was given none. */
function named<const Parsed extends { readonly name?: string | undefined }>(parsed: Parsed, name: string) {
  return { ...parsed, name: parsed.name ?? name };
}

const AuditSchema = z.union(
  [
    CheckNameSchema.transform((check) => ({
      ...{ kind: 'check' as const, check, name: check },
      ...{ severity: 'fail' as const, showRows: false },
    })),
    CheckAuditSchema,
    UniqueSchema,
    NotNullSchema,
    ReferencesSchema,
    AcceptedSchema,
    RowsSchema,
  ],
  {
    error:
      'must be the name of a query in sql/checks, or an audit: {check}, {unique, columns}, {notNull, columns}, {references, columns, to, key}, {accepted, column, values} or {rows, min, max, change}',
  },
);

/** The audits of a step, each with a name of its own. */
export const AuditsSchema = z
  .array(
    // One that only warns rolls nothing back: its rows can be looked at in production.
    AuditSchema.transform(
      (audit): Audit => ({ ...audit, showRows: audit.showRows && audit.severity === 'fail' }),
    ),
  )
  .default([])
  .superRefine((audits, context) => {
    for (const [index, { name }] of audits.entries()) {
      const isTwice = audits.findIndex((other) => other.name === name) !== index;
      if (isTwice)
        context.addIssue({
          code: 'custom',
          path: [index],
          message: `"${name}" is there twice: give one of them a \`name\``,
        });
      if (name.length > MAX_NAME)
        context.addIssue({
          code: 'custom',
          path: [index],
          message: 'give it a `name`: the one that is made of it is too long',
        });
    }
  });
