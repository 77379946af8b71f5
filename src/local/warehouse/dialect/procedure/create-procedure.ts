import { isPostgresOnlyType, readType } from '../data-types.ts';
import { notLocal, notRedshift, syntaxError } from '../sql-error.ts';
import { type Cursor, createCursor } from '../token/cursor.ts';
import { isSign, keyword, lex, type Token } from '../token/lex.ts';
import { skipBlank, splitAtCommas, sql, textOf, trim } from '../token/token-list.ts';
import { translateStatements } from './body-statements.ts';
import type { Place } from './piece.ts';

/** CREATE [OR REPLACE] PROCEDURE … AS $$ … $$ LANGUAGE plpgsql; its body is translated, too. @throws WarehouseError */
export function translateCreateProcedure(tokens: readonly Token[]): readonly Token[] {
  const cursor = createCursor(tokens);
  cursor.expect('create');
  const replace = cursor.accept('or', 'replace') ? sql`OR REPLACE ` : [];
  cursor.expect('procedure');
  const name = cursor.name();
  const parameters = writeParameters(cursor.group());
  const options = readOptions(cursor);
  const body = translateBody(options.body, options.fixed);
  return sql`CREATE ${replace}PROCEDURE ${name}(${parameters}) LANGUAGE plpgsql${options.written} AS ${[body]}`;
}

interface Options {
  body?: Token;
  language?: string;
  fixed?: Place['fixed'];
  readonly written: Token[];
}

/** Takes what stands behind the parameters, in any order. */
function readOptions(cursor: Cursor): Options & { readonly body: Token } {
  const options: Options = { written: [] };
  while (cursor.peek()) readOption(cursor, options);
  const { body, language } = options;
  if (!body) throw syntaxError(undefined);
  if (language !== 'plpgsql') {
    throw notRedshift(`LANGUAGE ${language ?? 'missing'} of a procedure`, 'write LANGUAGE plpgsql');
  }
  return { ...options, body };
}

function readOption(cursor: Cursor, options: Options): void {
  const token = cursor.take();
  switch (token.text.toLowerCase()) {
    case 'as':
      options.body = takeBody(cursor);
      break;
    case 'language':
      options.language = cursor.take().text.replaceAll("'", '').toLowerCase();
      break;
    case 'nonatomic':
      throw notLocal('NONATOMIC', 'write the procedure in the default mode, or test it on Redshift');
    case 'security':
      if (cursor.accept('invoker')) break;
      cursor.expect('definer');
      options.fixed = 'definer';
      options.written.push(...sql` SECURITY DEFINER`);
      break;
    case 'set':
      options.fixed ??= 'set';
      options.written.push(...sql` SET ${cursor.until(new Set(['as', 'language', 'security']))}`);
      break;
    default:
      throw syntaxError(token);
  }
}

function takeBody(cursor: Cursor): Token {
  const token = cursor.take();
  if (token.kind !== 'body')
    throw notRedshift('A procedure whose body is no dollar-quoted string', 'write AS $$ … $$');
  return token;
}

function translateBody(body: Token, fixed: Place['fixed']): Token {
  const quote = /^\$[^$]*\$/.exec(body.text)?.[0] ?? '$$';
  const tokens = lex(body.text.slice(quote.length, -quote.length));
  const broken = tokens.find((token) => token.kind === 'broken');
  if (broken) throw syntaxError(broken);
  const place: Place = { guards: 0, isNested: false, isHandler: false, isFirst: true, fixed };
  // A list with one block in it; the word END that ends the list is put behind it.
  const { pieces, end } = translateStatements([...closed(tokens), ...sql` END`], 0, place);
  if (end !== closed(tokens).length + 1) throw syntaxError(tokens[end]);
  return { kind: 'body', text: quote + textOf(pieces.flatMap((piece) => piece.tokens)) + quote };
}

/** The last END may stand without its semicolon. */
function closed(tokens: readonly Token[]): readonly Token[] {
  const whole = trim(tokens);
  const lead = tokens.slice(0, skipBlank(tokens, 0));
  return isSign(whole.at(-1), ';') ? [...lead, ...whole] : [...lead, ...whole, ...sql`;`];
}

function writeParameters(tokens: readonly Token[]): readonly Token[] {
  const written = splitAtCommas(tokens).map(readParameter);
  for (const [index, { mode, at }] of written.entries()) {
    const later = written.slice(index + 1).find((other) => other.mode !== 'out');
    if (mode === 'out' && later)
      throw notLocal(`An OUT parameter before "${later.at.text}"`, `move "${at.text}" behind it`);
  }
  return written.flatMap(({ tokens: parameter }, index) => (index === 0 ? parameter : sql`, ${parameter}`));
}

interface Parameter {
  readonly mode: 'in' | 'out' | 'inout';
  readonly at: Token;
  readonly tokens: readonly Token[];
}

/** In Redshift a CALL passes no OUT parameter: here it becomes INOUT with a value to leave out. */
function readParameter(tokens: readonly Token[]): Parameter {
  const cursor = createCursor(tokens);
  const at = cursor.peek() as Token;
  const before = takeMode(cursor);
  const rest = trim(cursor.rest());
  const second = skipBlank(rest, 1);
  const after = rest[0] && rest[second] ? takeMode(createCursor(rest.slice(second, second + 1))) : undefined;
  const mode = before ?? after ?? 'in';
  const declared = after ? [...rest.slice(0, 1), ...sql` `, ...rest.slice(second + 1)] : rest;
  if (declared.some((token) => keyword(token) === 'default' || isSign(token, '=') || isSign(token, ':='))) {
    throw notRedshift('A default value of a parameter', 'create a second procedure that calls this one');
  }
  for (const [index, token] of declared.entries()) {
    if (isPostgresOnlyType(keyword(token)) && index > 0) readType(declared, index, 'cast');
  }
  return {
    mode,
    at,
    tokens: mode === 'out' ? sql`INOUT ${declared} DEFAULT NULL` : sql`${mode.toUpperCase()} ${declared}`,
  };
}

function takeMode(cursor: Cursor): Parameter['mode'] | undefined {
  if (cursor.accept('inout')) return 'inout';
  if (cursor.accept('in')) return cursor.accept('out') ? 'inout' : 'in';
  return cursor.accept('out') ? 'out' : undefined;
}
