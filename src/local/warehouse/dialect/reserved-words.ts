import { keyword, type Token } from '../../../sql-lexer.ts';
import { syntaxErrorWith } from './sql-error.ts';

/** What Redshift reserves: https://docs.aws.amazon.com/redshift/latest/dg/r_pg_keywords.html */
export const REDSHIFT_RESERVED: ReadonlySet<string> = new Set(
  (
    'aes128 aes256 all allowoverwrite analyse analyze and any array as asc authorization az64 backup between binary ' +
    'blanksasnull both bytedict bzip2 case cast check collate column constraint create credentials cross current_date ' +
    'current_time current_timestamp current_user current_user_id default deferrable deflate defrag delta delta32k desc ' +
    'disable distinct do else emptyasnull enable encode encrypt encryption end except explicit false for foreign freeze ' +
    'from full globaldict256 globaldict64k grant group gzip having identity ignore ilike in initially inner intersect ' +
    'interval into is isnull join leading left like limit localtime localtimestamp lun luns lzo lzop minus mostly16 ' +
    'mostly32 mostly8 natural new not notnull null nulls off offline offset oid old on only open or order outer overlaps ' +
    'parallel partition percent permissions pivot placing primary raw readratio recover references rejectlog resort ' +
    'respect restore right select session_user similar snapshot some sysdate system table tag tdes text255 text32k then ' +
    'timestamp to top trailing true truncatecolumns union unique unnest unpivot user using verbose wallet when where ' +
    'with without'
  ).split(' '),
);

/** Reserved by PostgreSQL, while to Redshift they are names as any other. Nothing that Redshift has is written with them. */
const POSTGRES_RESERVED = new Set(
  'asymmetric collation concurrently current_catalog current_role symmetric tablesample variadic'.split(' '),
);

/** A name that begins here. @throws WarehouseError for a word that Redshift reserves */
export function asName(token: Token): Token {
  const word = keyword(token);
  if (REDSHIFT_RESERVED.has(word))
    throw syntaxErrorWith(token, 'Redshift reserves the word: write it in double quotes');
  return quoteForPostgres(token);
}

/** Puts quotes around a word that PostgreSQL alone reserves. */
export function quoteForPostgres(token: Token): Token {
  const word = keyword(token);
  return POSTGRES_RESERVED.has(word) ? { kind: 'name', text: `"${word}"` } : token;
}
