/**
 * Words that Redshift or PostgreSQL reserve. A quoted word that needs no quotes does no harm.
 * https://docs.aws.amazon.com/redshift/latest/dg/r_pg_keywords.html
 */
const RESERVED: ReadonlySet<string> = new Set(
  `
aes128 aes256 all allowoverwrite analyse analyze and any array as asc asymmetric authorization az64 backup
between binary blanksasnull both bytedict bzip2 case cast check collate collation column concurrently connect
constraint create credentials cross current_catalog current_date current_role current_schema current_time
current_timestamp current_user current_user_id default deferrable deflate defrag delta delta32k desc disable
distinct do else emptyasnull enable encode encrypt encryption end except explicit false fetch for foreign freeze
from full globaldict256 globaldict64k grant group gzip having identity ignore ilike in initially inner intersect
interval into is isnull join lateral leading left like limit localtime localtimestamp lun luns lzo lzop minus
mostly16 mostly32 mostly8 natural new not notnull null nulls off offline offset oid old on only open or order
outer overlaps parallel partition percent permissions pivot placing primary raw readratio recover references
rejectlog resort respect restore returning right select session_user similar snapshot some start symmetric
sysdate system system_user table tablesample tag tdes text255 text32k then timestamp to top trailing true
truncatecolumns union unique unnest unpivot user using variadic verbose wallet when where window with without
`
    .trim()
    .split(/\s+/),
);

/** Needs no quotes, whoever reads it. */
const PLAIN = /^[a-z_][a-z0-9_]*$/;

/**
 * A validated `schema.name` for SQL, each part quoted where necessary. Parts hold neither dots nor quotes, see {@link
 * QualifiedNameSchema}.
 */
export function toSqlName(name: string): string {
  return name.split('.').map(quoteWhereNeeded).join('.');
}

function quoteWhereNeeded(part: string): string {
  return PLAIN.test(part) && !RESERVED.has(part) ? part : `"${part}"`;
}
