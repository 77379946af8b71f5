/** A data type of DMS itself, to which those of sources and targets are mapped. */
export interface DmsType {
  readonly type: DmsTypeName;
  /** Characters or bytes. */
  readonly length?: number | undefined;
  readonly precision?: number | undefined;
  readonly scale?: number | undefined;
}

/** The names of DMS' types that a Redshift target has a type for. */
export const DMS_TYPES = [
  'bytes',
  'date',
  'time',
  'datetime',
  'int1',
  'int2',
  'int4',
  'int8',
  'numeric',
  'real4',
  'real8',
  'string',
  'uint1',
  'uint2',
  'uint4',
  'uint8',
  'wstring',
  'blob',
  'nclob',
  'clob',
  'boolean',
] as const;
export type DmsTypeName = (typeof DMS_TYPES)[number];

/** Most bytes of a VARCHAR. */
const MOST_BYTES = 65_535;
/** Bytes that a character of UTF-8 can have. */
const BYTES_PER_CHARACTER = 4;

const OF_SOURCE: Readonly<Record<string, DmsType>> = {
  smallint: { type: 'int2' },
  integer: { type: 'int4' },
  bigint: { type: 'int8' },
  real: { type: 'real4' },
  'double precision': { type: 'real8' },
  money: { type: 'numeric', precision: 38, scale: 4 },
  boolean: { type: 'string', length: 5 },
  date: { type: 'date' },
  text: { type: 'nclob' },
  citext: { type: 'nclob' },
  json: { type: 'nclob' },
  jsonb: { type: 'nclob' },
  bytea: { type: 'blob' },
  uuid: { type: 'string', length: 36 },
};

/**
 * DMS' type for a type of the source, as PostgreSQL's format_type writes it.
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Source.PostgreSQL.html
 */
export function dmsTypeOf(sourceType: string): DmsType {
  const [, name = '', size = ''] =
    /^([^(]+?)\s*(?:\(([\d,]+)\))?(?:\s*with(?:out)? time zone)?$/.exec(sourceType) ?? [];
  const [first, second] = size.split(',').map(Number);
  const sized = size === '' ? undefined : first;
  if (name === 'character varying' || name === 'character')
    return { type: 'wstring', length: sized ?? MOST_BYTES };
  if (name === 'numeric')
    return { type: 'numeric', precision: sized ?? 28, scale: sized ? (second ?? 0) : 6 };
  if (name === 'timestamp') return { type: 'datetime', scale: sized ?? 6 };
  if (name === 'time') return { type: 'time' };
  return OF_SOURCE[name] ?? { type: 'nclob' };
}

/**
 * The type of a column that DMS makes in Redshift.
 * @param lobBytes most bytes of a large object: LobMaxSize
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Target.Redshift.html#CHAP_Target.Redshift.DataTypes
 */
export function redshiftType({ type, length, precision, scale }: DmsType, lobBytes: number): string {
  const varchar = (bytes: number) => `varchar(${Math.min(Math.max(1, bytes), MOST_BYTES)})`;
  switch (type) {
    case 'string':
    case 'bytes':
      return varchar(length ?? MOST_BYTES);
    case 'wstring':
      return varchar((length ?? MOST_BYTES) * BYTES_PER_CHARACTER);
    case 'clob':
    case 'nclob':
      return varchar(lobBytes);
    case 'blob':
      return varchar(lobBytes * 2);
    case 'time':
      return varchar(20);
    case 'datetime':
      return (scale ?? precision ?? 6) > 6 ? varchar(37) : 'timestamp';
    case 'numeric':
      return (scale ?? 0) > 37 ? varchar(MOST_BYTES) : `numeric(${precision ?? 38},${scale ?? 0})`;
    default:
      return PLAIN[type];
  }
}

const PLAIN = {
  boolean: 'boolean',
  date: 'date',
  int1: 'smallint',
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  uint1: 'smallint',
  uint2: 'smallint',
  uint4: 'integer',
  uint8: 'numeric(20,0)',
  real4: 'real',
  real8: 'double precision',
} as const;

/** What a value of the source is converted to, in the source, where a rule changes its type. */
export function conversionOf({ type, precision, scale }: DmsType): string {
  switch (type) {
    case 'string':
    case 'bytes':
    case 'wstring':
    case 'clob':
    case 'nclob':
    case 'blob':
      return 'text';
    case 'datetime':
      return 'timestamp';
    case 'time':
      return 'time(0)';
    case 'numeric':
      return `numeric(${precision ?? 38},${scale ?? 0})`;
    default:
      return PLAIN[type];
  }
}
