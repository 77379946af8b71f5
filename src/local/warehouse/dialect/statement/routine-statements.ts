import type { Token } from '../../../../sql-lexer.ts';
import { readParameters } from '../procedure/parameters.ts';
import { notRedshift, syntaxError } from '../sql-error.ts';
import { type Cursor, createCursor } from '../token/cursor.ts';
import { quoteString, sql, textOf } from '../token/token-list.ts';

/**
 * A statement about procedures or functions: `head`, what it names, `tail`. The server finds each by the types of what is
 * passed, because OUT parameters, which are parameters there, may be left out:
 * https://docs.aws.amazon.com/redshift/latest/dg/r_DROP_PROCEDURE.html
 */
export function onRoutines(
  kind: string,
  head: string,
  routines: readonly Routine[],
  tail: readonly Token[],
): readonly Token[] {
  const note = JSON.stringify(routines);
  return sql`CALL local_warehouse.on_routines(${[kind, head, note, textOf(tail)].map(quoteString).join(', ')})`;
}

interface Routine {
  readonly name: string;
  /** The types of the parameters without OUT, and with it. */
  readonly inputs: readonly string[];
  readonly types: readonly string[];
}

/** `name(types), …` @throws WarehouseError without parentheses */
export function takeRoutines(cursor: Cursor, what: string): readonly Routine[] {
  const routines: Routine[] = [];
  do {
    const name = textOf(cursor.name());
    if (!cursor.at('('))
      throw notRedshift(`${what} without parameters`, "write the parameters' types in parentheses");
    const parameters = readParameters(cursor.group());
    const inputs = parameters.filter(({ mode }) => mode !== 'out');
    const typesOf = (list: typeof parameters) => list.map(({ type }) => textOf(type));
    routines.push({ name, inputs: typesOf(inputs), types: typesOf(parameters) });
  } while (takeComma(cursor));
  return routines;
}

function takeComma(cursor: Cursor): boolean {
  const isThere = cursor.at(',');
  if (isThere) cursor.take();
  return isThere;
}

/** DROP PROCEDURE or FUNCTION: Redshift wants the parameters' types and knows no IF EXISTS here. */
export function translateDropRoutine(tokens: readonly Token[]): readonly Token[] {
  const cursor = createCursor(tokens);
  cursor.expect('drop');
  const kind = cursor.take().text.toUpperCase();
  if (cursor.word() === 'if') throw notRedshift(`DROP ${kind} IF EXISTS`, 'leave IF EXISTS out');
  const routines = takeRoutines(cursor, `DROP ${kind}`);
  const tail = kind === 'FUNCTION' ? takeBehaviour(cursor) : [];
  if (cursor.peek()) throw syntaxError(cursor.peek());
  return onRoutines(kind, `DROP ${kind}`, routines, tail);
}

function takeBehaviour(cursor: Cursor): readonly Token[] {
  return /^(cascade|restrict)$/.test(cursor.word()) ? [cursor.take()] : [];
}

/** ALTER PROCEDURE name(types) OWNER TO or RENAME TO. */
export function translateAlterProcedure(tokens: readonly Token[]): readonly Token[] {
  const cursor = createCursor(tokens);
  cursor.expect('alter', 'procedure');
  const routines = takeRoutines(cursor, 'ALTER PROCEDURE');
  if (!/^(owner|rename)$/.test(cursor.word())) throw syntaxError(cursor.peek());
  return onRoutines('PROCEDURE', 'ALTER PROCEDURE', routines, cursor.rest());
}
