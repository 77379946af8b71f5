import { isSign, type Token } from '../../../../sql-lexer.ts';
import { notRedshift, syntaxError } from '../sql-error.ts';
import { type Cursor, createCursor } from '../token/cursor.ts';
import { openBody, skipBlank, sql, textOf, trim } from '../token/token-list.ts';
import { translateStatements } from './body-statements.ts';
import {
  creationNote,
  nameOf,
  type ProcedureParameter,
  readParameters,
  writeParameters,
} from './parameters.ts';
import type { Place } from './piece.ts';
import { quoteKeywords, readClock, VARIABLES_FIRST } from './variables.ts';

/** CREATE [OR REPLACE] PROCEDURE … AS $$ … $$ LANGUAGE plpgsql; its body is translated, too. @throws WarehouseError */
export function translateCreateProcedure(tokens: readonly Token[]): readonly Token[] {
  const cursor = createCursor(tokens);
  cursor.expect('create');
  const replace = cursor.accept('or', 'replace') ? sql`OR REPLACE ` : [];
  cursor.expect('procedure');
  const name = cursor.name();
  const parameters = readParameters(cursor.group());
  const options = readOptions(cursor);
  const body = translateBody(options, parameters);
  const note = creationNote(name, replace.length > 0, parameters);
  return sql`${note}CREATE ${replace}PROCEDURE ${name}(${writeParameters(parameters)}) LANGUAGE plpgsql${options.written} AS ${[body]}`;
}

interface Options {
  body?: Token;
  language?: string;
  fixed?: Place['fixed'];
  isNonatomic?: boolean;
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
  if (options.isNonatomic && options.fixed)
    throw notRedshift('NONATOMIC with SECURITY DEFINER or SET', 'leave one of them out');
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
      options.isNonatomic = true;
      break;
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

function translateBody(
  { body, fixed, isNonatomic = false }: ReturnType<typeof readOptions>,
  parameters: readonly ProcedureParameter[],
): Token {
  // A body that was read from the catalog has it already.
  const { quote, tokens: written } = openBody({ ...body, text: body.text.replace(VARIABLES_FIRST, '') });
  const broken = written.find((token) => token.kind === 'broken');
  if (broken) throw syntaxError(broken);
  const tokens = closed(quoteKeywords(written, parameters.map(nameOf)));
  const place: Place = { guards: 0, isNested: false, isHandler: false, isFirst: true, fixed, isNonatomic };
  // A list with one block in it; the word END that ends the list is put behind it.
  const { pieces, end } = translateStatements([...tokens, ...sql` END`], 0, place);
  if (end !== tokens.length + 1) throw syntaxError(tokens[end]);
  const text = textOf(readClock(pieces.flatMap((piece) => piece.tokens)));
  return { kind: 'body', text: quote + VARIABLES_FIRST + text + quote };
}

/** The last END may stand without its semicolon. */
function closed(tokens: readonly Token[]): readonly Token[] {
  const whole = trim(tokens);
  const lead = tokens.slice(0, skipBlank(tokens, 0));
  return isSign(whole.at(-1), ';') ? [...lead, ...whole] : [...lead, ...whole, ...sql`;`];
}
