import { notRedshift } from '../sql-error.ts';
import { keyword, type Token } from './lex.ts';
import { shortName } from './long-names.ts';
import { leadingWords, openBody, textOf } from './token-list.ts';

/** https://docs.aws.amazon.com/redshift/latest/dg/r_names.html */
const MOST_BYTES = 127;

/** What a body holds if it holds a quoted name or a long one. */
const MAY_FOLD = /"|\b[\w$]{64}|[\u0080-\uffff]/;

/**
 * Quoted names as Redshift reads them: ASCII letters become lower-case ones, unless the session has set
 * enable_case_sensitive_identifier; names of users keep them always.
 * https://docs.aws.amazon.com/redshift/latest/dg/r_names.html, r_enable_case_sensitive_identifier.html
 * @throws WarehouseError for a name that is too long here
 */
export function foldNames(tokens: readonly Token[], isCaseSensitive: boolean): readonly Token[] {
  const [first = '', second = '', third, fourth] = leadingWords(tokens, 4);
  const hasBody = /^(procedure|function)$/.test((second === 'or' && third === 'replace' && fourth) || second);
  const isKept = /^(group|role)$/.test(second);
  const keeper = first === 'alter' ? /^owner$/ : /^(grant|revoke)$/.test(first) ? /^(to|from)$/ : undefined;
  const users = keeper ? tokens.findLastIndex((token) => keeper.test(keyword(token))) : -1;
  const fold = (token: Token): Token => {
    if (token.kind !== 'name' && token.kind !== 'word') return token;
    const bytes = Buffer.byteLength(token.text) - (token.kind === 'name' ? 2 : 0);
    if (bytes > MOST_BYTES)
      throw notRedshift(`A name of more than ${MOST_BYTES} bytes (${token.text})`, 'shorten it');
    if (token.kind === 'word') return shortWord(token);
    const text = isCaseSensitive
      ? token.text
      : token.text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
    if (!text.startsWith('"')) return { kind: 'name', text };
    return { kind: 'name', text: `"${shortName(text.slice(1, -1))}"` };
  };
  return tokens.map((token, index) => {
    if (isKept || (users >= 0 && index > users)) return token;
    if (token.kind !== 'body' || !hasBody || first !== 'create') return fold(token);
    if (!MAY_FOLD.test(token.text)) return token;
    const { quote, tokens: inside } = openBody(token);
    return { kind: 'body', text: `${quote}${textOf(inside.map(fold))}${quote}` };
  });
}

function shortWord(token: Token): Token {
  const word = shortName(keyword(token));
  return word === keyword(token) ? token : { kind: 'word', text: word, word };
}
