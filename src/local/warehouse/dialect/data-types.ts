import { isSign, keyword, type Token } from '../../../sql-lexer.ts';
import { notLocal, notRedshift, syntaxError } from './sql-error.ts';
import { closingIndex, skipBlank, sql } from './token/token-list.ts';

/** A type name as it was read: what PostgreSQL gets, and where the text goes on. */
export interface ReadType {
  readonly tokens: readonly Token[];
  readonly end: number;
}

const TIME_ZONES = [
  ['with', 'time', 'zone'],
  ['without', 'time', 'zone'],
];

/** What may follow the first word of a type's name. */
const LONGER_NAMES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  character: [['varying']],
  double: [['precision']],
  timestamp: TIME_ZONES,
  time: TIME_ZONES,
};

/** Redshift's names that PostgreSQL does not have, and the length each type has when none is given. */
const RENAMED: Readonly<Record<string, string>> = {
  nvarchar: 'varchar',
  nchar: 'char',
  datetime: 'timestamp',
};
const DEFAULT_SIZES: Readonly<Record<string, string>> = {
  numeric: '(18,0)',
  decimal: '(18,0)',
  varchar: '(256)',
  'character varying': '(256)',
  text: '(256)',
  bpchar: '(256)',
};
const COLUMN_TYPES = new Set(
  (
    'smallint int2 integer int int4 bigint int8 decimal numeric real float4 double float8 float boolean bool char ' +
    'character nchar bpchar varchar nvarchar text date time timetz timestamp timestamptz datetime oid'
  ).split(' '),
);
const LOCAL_GAPS = new Set([
  'super',
  'hllsketch',
  'geometry',
  'geography',
  'varbyte',
  'varbinary',
  'interval',
]);
const POSTGRES_ONLY: Readonly<Record<string, string>> = {
  serial: 'use IDENTITY(1,1)',
  serial4: 'use IDENTITY(1,1)',
  bigserial: 'use IDENTITY(1,1)',
  serial8: 'use IDENTITY(1,1)',
  smallserial: 'use IDENTITY(1,1)',
  json: 'use VARCHAR',
  jsonb: 'use VARCHAR',
  uuid: 'use VARCHAR(36)',
  bytea: 'use VARCHAR',
  xml: 'use VARCHAR',
  money: 'use NUMERIC(18,2)',
  inet: 'use VARCHAR',
  cidr: 'use VARCHAR',
  citext: 'use VARCHAR',
  hstore: 'use VARCHAR',
  bit: 'use VARCHAR',
  tsvector: 'use VARCHAR',
};

/** Reads the type of a column or of a converted value. @throws WarehouseError for a type Redshift, or this, lacks */
export function readType(tokens: readonly Token[], from: number, use: 'column' | 'cast'): ReadType {
  const start = skipBlank(tokens, from);
  const first = keyword(tokens[start]);
  refuseType(first, use, tokens[start]);
  const { words, end: nameEnd } = readName(tokens, start, first);
  const name = words.join(' ');
  const type = RENAMED[name] ?? name;
  const size = readSize(tokens, nameEnd, type);
  const written = type === 'text' && use === 'column' ? 'varchar' : type;
  return { tokens: sql`${written}${size.text || defaultSize(type, use)}`, end: size.end };
}

function readName(tokens: readonly Token[], start: number, first: string): { words: string[]; end: number } {
  for (const more of LONGER_NAMES[first] ?? []) {
    let end = start + 1;
    const matches = more.every((word) => {
      const at = skipBlank(tokens, end);
      end = at + 1;
      return keyword(tokens[at]) === word;
    });
    if (matches) return { words: [first, ...more], end };
  }
  return { words: [first || (tokens[start]?.text ?? '')], end: start + 1 };
}

/** A conversion keeps the length of its value, but numbers without precision are NUMERIC(18,0) everywhere. */
function defaultSize(type: string, use: 'column' | 'cast'): string {
  return use === 'column' || type === 'numeric' || type === 'decimal' ? (DEFAULT_SIZES[type] ?? '') : '';
}

function readSize(tokens: readonly Token[], end: number, type: string): { text: string; end: number } {
  const open = skipBlank(tokens, end);
  if (!isSign(tokens[open], '(')) return { text: '', end };
  const close = closingIndex(tokens, open);
  const inside = tokens
    .slice(open + 1, close)
    .map((token) => (keyword(token) === 'max' ? String(LONGEST[type] ?? 65_535) : token.text));
  const size = inside.join('');
  refuseSize(type, size);
  return { text: `(${size})`, end: close + 1 };
}

/** Bytes of the longest texts. */
const LONGEST: Readonly<Record<string, number>> = {
  char: 4096,
  character: 4096,
  varchar: 65_535,
  'character varying': 65_535,
};

/** https://docs.aws.amazon.com/redshift/latest/dg/r_Numeric_types201.html, r_Character_types.html */
function refuseSize(type: string, size: string): void {
  const [first = 0, scale = 0] = size.split(',').map(Number);
  const most = LONGEST[type];
  if (most !== undefined && (first > most || first < 1))
    throw notRedshift(`${type.toUpperCase()}(${size})`, `the length is from 1 to ${most} bytes`);
  if (!/^(numeric|decimal)$/.test(type)) return;
  if (first > 38 || first < 1) throw notRedshift(`NUMERIC(${size})`, 'the precision is 38 at most');
  if (scale > 37) throw notRedshift(`NUMERIC(${size})`, 'the scale is 37 at most');
  if (scale > first) throw notRedshift(`NUMERIC(${size})`, 'the scale is no larger than the precision');
}

function refuseType(name: string, use: 'column' | 'cast', token: Token | undefined): void {
  if (LOCAL_GAPS.has(name) && !(name === 'interval' && use === 'cast')) {
    throw notLocal(`The type ${name.toUpperCase()}`, 'test it on Redshift');
  }
  const hint = Object.hasOwn(POSTGRES_ONLY, name) ? POSTGRES_ONLY[name] : undefined;
  if (hint) throw notRedshift(`The type ${name.toUpperCase()}`, hint);
  if (use === 'column' && !COLUMN_TYPES.has(name)) {
    if (!token || token.kind === 'sign') throw syntaxError(token);
    throw notRedshift(`The type ${token.text}`, 'use one of its data types');
  }
}

/** Where a type that begins at `from` ends; it need be none. */
export function typeEnd(tokens: readonly Token[], from: number): number {
  const start = skipBlank(tokens, from);
  const { words, end } = readName(tokens, start, keyword(tokens[start]));
  return readSize(tokens, end, words.join(' ')).end;
}
