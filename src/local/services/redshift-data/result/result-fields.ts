import type { SqlColumn } from '../../../contracts.ts';

type Field =
  | { readonly isNull: true }
  | { readonly booleanValue: boolean }
  | { readonly longValue: unknown }
  | { readonly doubleValue: number | string }
  | { readonly stringValue: string };

type ReadValue = (text: string) => Field;

/** JSON text of a number that a double cannot hold; in Node since 21, in TypeScript's library not yet. */
const rawJson = (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON;

const readString: ReadValue = (text) => ({ stringValue: text });
const readBoolean: ReadValue = (text) => ({ booleanValue: text === 't' || text === 'true' });
/** The wire has every digit of an int8; what a client makes of it is the client's. */
const readLong: ReadValue = (text) => {
  const value = Number(text);
  return { longValue: Number.isSafeInteger(value) ? value : rawJson(text) };
};
/** JSON has no NaN and no infinity: AWS sends their names. */
const readDouble: ReadValue = (text) => {
  const value = Number(text);
  return { doubleValue: Number.isFinite(value) ? value : text };
};
/** As JDBC prints a timestamp: at least one digit of fraction. */
const readTimestamp: ReadValue = (text) => ({
  stringValue: /^\d+-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) ? `${text}.0` : text,
});

const READERS: Readonly<Record<string, ReadValue>> = {
  bool: readBoolean,
  int2: readLong,
  int4: readLong,
  int8: readLong,
  oid: readLong,
  float4: readDouble,
  float8: readDouble,
  timestamp: readTimestamp,
};

/**
 * Rows as GetStatementResult returns them: integers, floats and booleans typed, everything else text.
 * https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_Field.html
 */
export function writeRecords(
  columns: readonly SqlColumn[],
  rows: readonly (readonly (string | null)[])[],
): Field[][] {
  const readers = columns.map(({ typeName }) => READERS[typeName] ?? readString);
  return rows.map((row) =>
    row.map((text, index) => (text === null ? { isNull: true } : (readers[index] ?? readString)(text))),
  );
}

/** https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_ColumnMetadata.html */
export function writeColumnMetadata(columns: readonly SqlColumn[]): object[] {
  return columns.map((column) => ({
    isCaseSensitive: /char|text|name/.test(column.typeName),
    isCurrency: false,
    isSigned: /^(int|float|numeric)/.test(column.typeName),
    label: column.name,
    length: 0,
    name: column.name,
    nullable: column.nullable ? 1 : 0,
    precision: column.precision,
    scale: column.scale,
    schemaName: column.schemaName,
    tableName: column.tableName,
    typeName: column.typeName,
  }));
}
