import { keyword, type Token } from '../../../../sql-lexer.ts';
import { shortName } from './long-names.ts';
import { leadingWords, openBody, textOf } from './token-list.ts';

/** What a body holds if it holds a quoted name or a long one. */
const MAY_FOLD = /"|\b[\w$]{64}|[\u0080-\uffff]/;

/**
 * Names as Redshift reads them. Of quoted ones ASCII letters become lower-case ones, unless the session has set
 * enable_case_sensitive_identifier; names of users keep them always.
 * https://docs.aws.amazon.com/redshift/latest/dg/r_names.html, r_enable_case_sensitive_identifier.html
 */
export function foldNames(tokens: readonly Token[], isCaseSensitive: boolean): readonly Token[] {
  const [first = '', second = '', third, fourth] = leadingWords(tokens, 4);
  const hasBody = /^(procedure|function)$/.test((second === 'or' && third === 'replace' && fourth) || second);
  const isKept = /^(group|role)$/.test(second);
  const keeper = first === 'alter' ? /^owner$/ : /^(grant|revoke)$/.test(first) ? /^(to|from)$/ : undefined;
  const users = keeper ? tokens.findLastIndex((token) => keeper.test(keyword(token))) : -1;
  const fold = (token: Token): Token => {
    if (token.kind === 'word') return shortWord(token);
    if (token.kind !== 'name') return token;
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
