import { keyword, type Token } from '../../../../sql-lexer.ts';
import { notRedshift, syntaxError } from '../sql-error.ts';
import { type Cursor, createCursor } from '../token/cursor.ts';
import { significant, sql } from '../token/token-list.ts';
import { translateQuery } from './query.ts';

/**
 * MERGE, as far as Redshift has it: WHEN MATCHED THEN UPDATE or DELETE, then WHEN NOT MATCHED THEN INSERT, both and
 * without conditions of their own.
 */
export function translateMerge(tokens: readonly Token[]): readonly Token[] {
  const cursor = createCursor(tokens);
  cursor.expect('merge', 'into');
  const target = cursor.name();
  if (cursor.accept('as') || cursor.word() !== 'using')
    throw notRedshift('An alias for the target of MERGE', 'use its name');
  const words = significant(tokens).map(keyword).slice(-2);
  if (words.join(' ') === 'remove duplicates') return removeDuplicates(cursor, target);
  refuseShape(significant(tokens));
  return translateQuery(tokens);
}

/** Rows of the target that match are deleted, and every row of the source is inserted once: r_MERGE. */
function removeDuplicates(cursor: Cursor, target: readonly Token[]): readonly Token[] {
  cursor.expect('using');
  const source = cursor.name();
  const named = cursor.accept('as') || cursor.word() !== 'on';
  const alias = named ? sql` AS ${cursor.name()}` : [];
  cursor.expect('on');
  const condition = translateQuery(cursor.until(new Set(['remove'])));
  const removed = sql`WITH removed AS (DELETE FROM ${target} USING ${source}${alias} WHERE ${condition})`;
  return sql`${removed} INSERT INTO ${target} SELECT DISTINCT * FROM ${source}`;
}

function refuseShape(tokens: readonly Token[]): void {
  const clauses = tokens.flatMap((token, index) =>
    keyword(token) === 'when' && isClause(tokens, index) ? [index] : [],
  );
  const [matched, missing, more] = clauses;
  if (matched === undefined || missing === undefined || more !== undefined) {
    throw notRedshift(
      'This MERGE',
      'write one WHEN MATCHED THEN UPDATE or DELETE and one WHEN NOT MATCHED THEN INSERT',
    );
  }
  expectWords(tokens, matched, ['when', 'matched', 'then'], ['update', 'delete']);
  expectWords(tokens, missing, ['when', 'not', 'matched', 'then'], ['insert']);
}

/** WHEN stands in CASE expressions too. */
function isClause(tokens: readonly Token[], index: number): boolean {
  const next = keyword(tokens[index + 1]);
  return next === 'matched' || (next === 'not' && keyword(tokens[index + 2]) === 'matched');
}

function expectWords(
  tokens: readonly Token[],
  from: number,
  words: readonly string[],
  action: readonly string[],
): void {
  for (const [offset, word] of words.entries()) {
    const token = tokens[from + offset];
    if (keyword(token) === word) continue;
    if (keyword(token) === 'and')
      throw notRedshift('A condition of WHEN in MERGE', 'put it into the source or into SET');
    if (keyword(token) === 'by') throw notRedshift('WHEN NOT MATCHED BY', 'use DELETE');
    throw syntaxError(token);
  }
  const verb = tokens[from + words.length];
  if (!action.includes(keyword(verb))) throw syntaxError(verb);
}
