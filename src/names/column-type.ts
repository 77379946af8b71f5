/** A column's type as Redshift knows it, whatever it was called. */
export interface ColumnType {
  /** Redshift's own name, as SVV_COLUMNS has it. */
  readonly name: string;
  /** Length of a text in bytes, or digits of a number. */
  readonly size?: number;
  /** Digits behind the point. */
  readonly scale?: number;
}

/** What another type holds of the values of one: as many, more, fewer, or values of another kind. */
export type TypeChange = 'same' | 'wider' | 'narrower' | 'other';

/** https://docs.aws.amazon.com/redshift/latest/dg/c_Supported_data_types.html */
const SYNONYMS: Readonly<Record<string, string>> = {
  int2: 'smallint',
  int: 'integer',
  int4: 'integer',
  int8: 'bigint',
  decimal: 'numeric',
  float4: 'real',
  float: 'double precision',
  float8: 'double precision',
  bool: 'boolean',
  char: 'character',
  nchar: 'character',
  bpchar: 'character',
  varchar: 'character varying',
  nvarchar: 'character varying',
  text: 'character varying',
  datetime: 'timestamp without time zone',
  timestamp: 'timestamp without time zone',
  timestamptz: 'timestamp with time zone',
  time: 'time without time zone',
  timetz: 'time with time zone',
  varbinary: 'varbyte',
  'binary varying': 'varbyte',
};

const PLAIN: readonly string[] = ['date', 'super', 'geometry', 'geography', 'hllsketch'];
const KNOWN: ReadonlySet<string> = new Set([...Object.values(SYNONYMS), ...PLAIN]);

/** What counts where no size is written; of BPCHAR and TEXT it is another one than of CHAR. */
const DEFAULT_SIZES: Readonly<Record<string, number>> = {
  character: 1,
  'character varying': 256,
  numeric: 18,
  varbyte: 64_000,
};
const LARGEST = 65_535;
const WORDS = /^([a-z][a-z0-9]*(?: [a-z]+)*)\s*(?:\(\s*(\d{1,5}|max)\s*(?:,\s*(\d{1,2})\s*)?\))?$/;

/** Reads a type as people write it. Undefined for one that Redshift does not have. */
export function parseColumnType(text: string): ColumnType | undefined {
  const written = text.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  const [, word = '', size, scale] = WORDS.exec(written) ?? [];
  const name = SYNONYMS[word] ?? word;
  if (!KNOWN.has(name)) return undefined;
  const byDefault = word === 'bpchar' ? 256 : DEFAULT_SIZES[name];
  if (byDefault === undefined) return size === undefined ? { name } : undefined;
  if (scale !== undefined && name !== 'numeric') return undefined;
  const length = size === 'max' ? LARGEST : Number(size ?? byDefault);
  return name === 'numeric' ? { name, size: length, scale: Number(scale ?? 0) } : { name, size: length };
}

/** A type in words: `varchar(10)`, `numeric(18,2)`, `timestamp`. */
export function describeColumnType({ name, size, scale }: ColumnType): string {
  const short = SHORT[name] ?? name;
  if (size === undefined) return short;
  return scale === undefined ? `${short}(${size})` : `${short}(${size},${scale})`;
}

const SHORT: Readonly<Record<string, string>> = {
  character: 'char',
  'character varying': 'varchar',
  'timestamp without time zone': 'timestamp',
  'timestamp with time zone': 'timestamptz',
  'time without time zone': 'time',
  'time with time zone': 'timetz',
};

/** Types in which each holds all values of the one before. */
const LADDERS: readonly (readonly string[])[] = [
  ['smallint', 'integer', 'bigint'],
  ['real', 'double precision'],
];

/** What has become of a column's type. */
export function compareTypes(expected: ColumnType, found: ColumnType): TypeChange {
  if (expected.name !== found.name) return compareSteps(expected.name, found.name);
  const whole = compareNumbers(digitsBefore(expected), digitsBefore(found));
  const fraction = compareNumbers(expected.scale ?? 0, found.scale ?? 0);
  if (whole === 'narrower' || fraction === 'narrower') return 'narrower';
  return whole === 'wider' || fraction === 'wider' ? 'wider' : 'same';
}

function compareSteps(expected: string, found: string): TypeChange {
  const ladder = LADDERS.find((names) => names.includes(expected) && names.includes(found));
  return ladder === undefined ? 'other' : compareNumbers(ladder.indexOf(expected), ladder.indexOf(found));
}

function digitsBefore({ size = 0, scale = 0 }: ColumnType): number {
  return size - scale;
}

function compareNumbers(expected: number, found: number): TypeChange {
  if (found === expected) return 'same';
  return found > expected ? 'wider' : 'narrower';
}
