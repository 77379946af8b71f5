import type { SqlParameter } from '../../contracts.ts';
import { WarehouseError } from '../warehouse-error.ts';
import { bindParameters } from './bind-parameters.ts';
import { lex } from './lex.ts';
import { isBlank, isSign, keyword, type Token } from './token.ts';

/** A statement as PostgreSQL gets it. */
export interface Translated {
  readonly command: string;
  readonly text: string;
  readonly values: readonly string[];
  readonly changesSchema: boolean;
}

/** Translates one statement of Redshift SQL. @throws WarehouseError for what Redshift, or this translator, refuses */
export function translate(sql: string, parameters: readonly SqlParameter[]): Translated {
  const tokens = oneStatement(lex(sql));
  const command = classify(tokens);
  return {
    command,
    ...bindParameters(tokens, parameters),
    changesSchema: !/^(SELECT|INSERT|UPDATE|DELETE)$/.test(command),
  };
}

function oneStatement(tokens: readonly Token[]): readonly Token[] {
  const broken = tokens.find((token) => token.kind === 'broken');
  if (broken)
    throw new WarehouseError(`ERROR: unterminated quoted string at or near "${broken.text.slice(0, 40)}"`);
  const end = tokens.findIndex((token) => isSign(token, ';'));
  if (end < 0) return tokens;
  if (tokens.slice(end).some((token) => !isBlank(token) && !isSign(token, ';'))) {
    throw new WarehouseError('ERROR: cannot insert multiple commands into a prepared statement', {
      sqlState: '42601',
    });
  }
  return tokens.slice(0, end);
}

const TWO_WORDS = new Set(['create', 'drop', 'alter', 'lock', 'truncate']);

function classify(tokens: readonly Token[]): string {
  const words = tokens.filter((token) => token.kind === 'word').map(keyword);
  const [first = '', second = ''] = words;
  if (first === 'with') return 'SELECT';
  return (TWO_WORDS.has(first) ? `${first} ${second}` : first).toUpperCase();
}
