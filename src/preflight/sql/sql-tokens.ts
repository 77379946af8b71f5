import { foldName } from '../../names/names.ts';
import { compactSql } from '../../sql-text.ts';

/** A token of SQL. Words and quoted names are in lower case, as Redshift folds both; `name` has no quotes. */
export interface SqlToken {
  readonly kind: 'word' | 'name' | 'string' | 'body' | 'sign';
  readonly text: string;
}

const TOKEN =
  /(?<string>'[^'\\]*(?:(?:''|\\[\s\S])[^'\\]*)*')|"(?<name>[^"]*(?:""[^"]*)*)"|(?<body>\$(\w*)\$[\s\S]*?\$\4\$)|(?<word>#?[\p{L}_][\p{L}\p{N}_$#]*)|(?<sign>\d[\d.]*|:=|\S)/gu;

/** Reads the tokens of a text without its comments. @throws SyntaxError for a quote or comment without an end */
export function readTokens(text: string): readonly SqlToken[] {
  return [...compactSql(text).matchAll(TOKEN)].map(({ groups = {} }): SqlToken => {
    const { string, name, body, word, sign = '' } = groups;
    if (word !== undefined) return { kind: 'word', text: foldName(word) };
    if (name !== undefined) return { kind: 'name', text: foldName(name.replaceAll('""', '"')) };
    if (string !== undefined) return { kind: 'string', text: string.slice(1, -1).replaceAll("''", "'") };
    return body === undefined ? { kind: 'sign', text: sign } : { kind: 'body', text: body };
  });
}
