import type { Literal } from '../call/argument.ts';

/**
 * A condition that the tables must meet when the procedures of a step are done. Audits run in the step's own transaction: when
 * one fails, the transaction is rolled back, and no reader has seen a row of it.
 */
export type AuditDefinition =
  /** Name of a query in sql/checks, without `.sql`: its rows are what is wrong. */
  | string
  | (AuditOptions & { readonly check: string })
  /** No two rows have the same values in these columns. Rows with a NULL among them are left out. */
  | (AuditOptions & { readonly unique: string; readonly columns: Columns })
  /** None of these columns is NULL. */
  | (AuditOptions & { readonly notNull: string; readonly columns: Columns })
  /** The values of these columns are a key of the other table. Rows with a NULL among them are left out. */
  | (AuditOptions & {
      readonly references: string;
      readonly columns: Columns;
      readonly to: string;
      /** @default the same columns */
      readonly key?: Columns;
    })
  /** The column holds one of these values, or NULL. */
  | (AuditOptions & {
      readonly accepted: string;
      readonly column: string;
      readonly values: readonly [Literal, ...Literal[]];
    })
  /** The table has so many rows. */
  | (Omit<AuditOptions, 'showRows'> & {
      readonly rows: string;
      /** Rows that there must be at least, and may be at most. */
      readonly min?: number;
      readonly max?: number;
      /** How far the number may be from that of the load before: `'±20%'`, `'+50%'` (no fewer), `'-10%'` (no more). */
      readonly change?: string;
    });

interface AuditOptions {
  /** What happens when it fails: the transaction is rolled back, or the run shows the count. @default 'fail' */
  readonly severity?: 'fail' | 'warn';
  /** Show the first wrong rows in the cause. They are data: leave it off where that must not leave the warehouse. @default false */
  readonly showRows?: boolean;
  /** Name in causes, outputs and the history of audits. @default made of what it says */
  readonly name?: string;
}

type Columns = readonly [string, ...string[]];

interface AnyAudit {
  /** Unique within its step. */
  readonly name: string;
  readonly severity: 'fail' | 'warn';
  readonly showRows: boolean;
}

/** A validated audit. */
export type Audit = AnyAudit &
  (
    | { readonly kind: 'check'; readonly check: string }
    | { readonly kind: 'unique' | 'notNull'; readonly table: string; readonly columns: readonly string[] }
    | {
        readonly kind: 'references';
        readonly table: string;
        readonly columns: readonly string[];
        readonly to: string;
        readonly key: readonly string[];
      }
    | {
        readonly kind: 'accepted';
        readonly table: string;
        readonly column: string;
        readonly values: readonly Literal[];
      }
    | {
        readonly kind: 'rows';
        readonly table: string;
        readonly min: number | null;
        readonly max: number | null;
        /** Smallest and largest multiple of the rows of the load before; null where they are not compared. */
        readonly change: { readonly least: number; readonly most: number } | null;
      }
  );
