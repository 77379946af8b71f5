import { keyword, type Token } from './token/token.ts';
import { findWord, leadingWords } from './token/token-list.ts';

const TWO_WORDS = new Set(['create', 'drop', 'alter']);
const FILLERS = new Set(['or', 'replace', 'temp', 'temporary', 'local', 'unlogged', 'unique']);

/** What Redshift calls a statement: `SELECT`, `INSERT`, `CALL`, `CREATE TABLE`, … */
export function classify(tokens: readonly Token[]): string {
  const words = leadingWords(tokens, 6);
  const [first = ''] = words;
  if (first === 'with')
    return keyword(tokens[findWord(tokens, ['select', 'update', 'delete'])]).toUpperCase();
  if (!TWO_WORDS.has(first)) return first.toUpperCase();
  const object = words.slice(1).find((word) => !FILLERS.has(word)) ?? '';
  return `${first} ${object}`.trim().toUpperCase();
}
