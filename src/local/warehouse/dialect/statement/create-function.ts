import { keyword, type Token } from '../../../../sql-lexer.ts';
import { readParameters } from '../procedure/parameters.ts';
import { notLocal, notRedshift, syntaxError } from '../sql-error.ts';
import { type Cursor, createCursor } from '../token/cursor.ts';
import { findWord, openBody, significant, sql, textOf } from '../token/token-list.ts';
import { translateQuery } from './query.ts';

/** CREATE [OR REPLACE] FUNCTION name(types) RETURNS type volatility AS $$ SELECT … $$ LANGUAGE sql. @throws WarehouseError */
export function translateCreateFunction(tokens: readonly Token[]): readonly Token[] {
  const cursor = createCursor(tokens);
  cursor.expect('create');
  const replace = cursor.accept('or', 'replace') ? 'OR REPLACE ' : '';
  cursor.expect('function');
  const name = cursor.name();
  const parameters = readParameters(cursor.group());
  cursor.expect('returns');
  const result = cursor.type('cast');
  const { volatility, body } = takeDefinition(cursor);
  const named = parameters.find((parameter) => parameter.name);
  if (named)
    throw notRedshift('A name of a parameter of a SQL function', 'write its type; the body has $1, $2, …');
  const types = parameters.flatMap(({ type }, index) => (index === 0 ? type : sql`, ${type}`));
  return sql`CREATE ${replace}FUNCTION ${name}(${types}) RETURNS ${result} ${volatility} LANGUAGE sql AS ${[body]}`;
}

function takeDefinition(cursor: Cursor): { volatility: string; body: Token } {
  const volatility = cursor.take();
  if (!/^(volatile|stable|immutable)$/.test(keyword(volatility))) throw syntaxError(volatility);
  cursor.expect('as');
  const body = cursor.take();
  cursor.expect('language');
  const language = cursor.take().text.replaceAll("'", '').toLowerCase();
  if (language !== 'sql')
    throw notLocal(`A function in ${language}`, 'write it in SQL, or test it on Redshift');
  if (body.kind !== 'body' || cursor.peek()) throw syntaxError(cursor.peek() ?? body);
  return { volatility: volatility.text, body: translateFunctionBody(body) };
}

/** https://docs.aws.amazon.com/redshift/latest/dg/udf-creating-a-scalar-sql-udf.html */
const NO_CLAUSES = ['from', 'into', 'where', 'group', 'order', 'limit'];

function translateFunctionBody(body: Token): Token {
  const { quote, tokens } = openBody(body);
  const clause = keyword(tokens[findWord(tokens, NO_CLAUSES)]).toUpperCase();
  if (clause)
    throw notRedshift(`${clause} in a SQL function`, 'put it into the statement that calls the function');
  const [first] = significant(tokens);
  if (keyword(first) !== 'select') throw syntaxError(first);
  return { kind: 'body', text: quote + textOf(translateQuery(tokens)) + quote };
}
