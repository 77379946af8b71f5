import { isSign, keyword, type Token } from '../../../../sql-lexer.ts';
import { endOfName } from '../query/from-clause.ts';
import { notLocal, notRedshift, syntaxError } from '../sql-error.ts';
import { translateQuery } from '../statement/query.ts';
import { translateSql } from '../statement/sql-statement.ts';
import { findWord, leadingWords, significant, skipBlank, sql } from '../token/token-list.ts';
import { rethrow } from './block.ts';
import { translateExecute, translateOpen } from './dynamic-sql.ts';
import { LEAVE } from './guard.ts';
import type { Piece, Place } from './piece.ts';

const LEVELS = new Set(['notice', 'info', 'log', 'warning', 'exception', 'debug']);
const REFUSED: Readonly<Record<string, string>> = {
  assert: 'use IF and RAISE EXCEPTION',
  foreach: 'it has no arrays',
  do: 'create a procedure',
  move: 'use FETCH',
};

/**
 * Translates a statement that ends with its semicolon, which is not among `tokens`. In a NONATOMIC procedure it commits, but for
 * what asks the database nothing.
 * @throws WarehouseError
 */
export function translateSimple(tokens: readonly Token[], place: Place): Piece {
  const piece = translateAtomic(tokens, place);
  const asksNothing =
    piece.after !== undefined ||
    isAssignment(tokens) ||
    NO_QUERIES.has(keyword(tokens[0])) ||
    !place.isNonatomic;
  return asksNothing ? piece : { ...piece, after: AUTOCOMMIT };
}

const AUTOCOMMIT = sql` IF local_warehouse.autocommits() THEN COMMIT; END IF;`;
const NO_QUERIES = new Set(['return', 'raise', 'get', 'null', 'exit', 'continue', 'start']);

function translateAtomic(tokens: readonly Token[], place: Place): Piece {
  const word = keyword(tokens[0]);
  const hint = Object.hasOwn(REFUSED, word) ? REFUSED[word] : undefined;
  if (hint && !isAssignment(tokens)) throw notRedshift(`${word.toUpperCase()} in a procedure`, hint);
  if (isAssignment(tokens)) return { tokens: translateQuery(tokens) };
  switch (word) {
    case 'commit':
    case 'rollback':
      return endTransaction(tokens, place, word);
    case 'truncate':
      return endTransaction(tokens, place, word);
    case 'execute':
      return translateExecute(tokens, place);
    case 'open':
      if (place.isNonatomic) throw notLocal('OPEN in a NONATOMIC procedure', 'use a FOR loop over the query');
      return { tokens: translateOpen(tokens) };
    case 'return':
      return translateReturn(tokens, place);
    case 'raise':
      refuseRaise(tokens, place);
      return { tokens: translateQuery(tokens) };
    case 'get':
      refuseDiagnostics(tokens);
      return { tokens };
    case 'vacuum':
      throw notRedshift('VACUUM in a procedure', 'run it as a statement of its own');
    case 'alter':
      if (keyword(tokens[skipBlank(tokens, findWord(tokens, ['append']) + 1)]) === 'from')
        throw notRedshift('ALTER TABLE APPEND in a procedure', 'run it as a statement of its own');
      return { tokens: translateSql(tokens) };
    case 'start':
      if (!place.isNonatomic)
        throw notRedshift('START TRANSACTION in the default mode', 'create the procedure as NONATOMIC');
      return { tokens: sql`IF local_warehouse.start_transaction() THEN NULL; END IF` };
    case 'lock':
      return { tokens: translateLock(tokens, place) };
    case 'call':
      return {
        tokens: sql`IF local_warehouse.nest_call(${String(place.isNonatomic)}) THEN NULL; END IF; ${translateSql(tokens)}`,
      };
    case 'fetch':
      if (keyword(significant(tokens)[2]) !== 'into')
        throw notRedshift('This FETCH', 'write FETCH cursor INTO variables in a procedure');
      return { tokens: translateQuery(tokens) };
    case 'null':
    case 'exit':
    case 'continue':
    case 'perform':
    case 'close':
      return { tokens: translateQuery(tokens) };
    default:
      return { tokens: translateSql(tokens) };
  }
}

/** `name := …` or `name = …`, also `record.field := …`. */
function isAssignment(tokens: readonly Token[]): boolean {
  const parts = significant(tokens);
  const sign = parts[endOfName(parts)];
  return (
    (isSign(sign, ':=') || isSign(sign, '=')) && !/^(set|get|update|select|with)$/.test(keyword(tokens[0]))
  );
}

/** COMMIT, ROLLBACK and TRUNCATE end the transaction, and a new one begins. */
function endTransaction(tokens: readonly Token[], place: Place, word: string): Piece {
  const name = word.toUpperCase();
  if (place.fixed === 'definer')
    throw notLocal(`${name} in a procedure with SECURITY DEFINER`, 'test it on Redshift');
  if (place.isNested) {
    throw notLocal(
      `${name} below CASE, a FOR loop over a query or a second block with EXCEPTION in a block with EXCEPTION`,
      'move it out of there',
    );
  }
  if (place.isHandler && !place.isNonatomic)
    throw notLocal(`${name} in an exception handler`, 'test it on Redshift');
  const check = sql`IF local_warehouse.refuse_in_block('${name}', ${String(place.guards)}) THEN NULL; END IF`;
  if (word !== 'truncate') return { tokens: check, after: sql` ${name};` };
  return { tokens: [...check, ...sql`; `, ...translateSql(tokens)], after: sql` COMMIT;` };
}

/** A LOCK before anything else sees what its former holder committed: here a CALL has a snapshot already, and drops it. */
function translateLock(tokens: readonly Token[], place: Place): readonly Token[] {
  const lock = translateSql(tokens);
  if (!place.isFirst || place.guards > 0 || place.fixed !== undefined) return lock;
  return sql`IF local_warehouse.may_drop_snapshot() THEN COMMIT; END IF; ${lock}`;
}

function translateReturn(tokens: readonly Token[], place: Place): Piece {
  const [, second] = leadingWords(tokens, 2);
  if (second === 'query' || second === 'next')
    throw notRedshift(`RETURN ${second.toUpperCase()}`, 'use a refcursor or a table');
  if (place.isHandler && !place.isNonatomic) return { tokens: rethrow(place).slice(0, -1) };
  return { tokens: [...Array.from({ length: place.guards }, () => LEAVE).flat(), ...tokens] };
}

function refuseRaise(tokens: readonly Token[], place: Place): void {
  const [, level, format] = significant(tokens);
  if (!level && place.isNonatomic && place.isHandler) return;
  if (!level)
    throw notRedshift(
      'RAISE without anything in the default mode',
      'leave it out: the error is thrown again',
    );
  if (!LEVELS.has(keyword(level))) throw notRedshift('RAISE without a level', 'use RAISE EXCEPTION');
  if (format?.kind !== 'string') throw syntaxError(format);
  if (tokens.some((token) => keyword(token) === 'using'))
    throw notRedshift('RAISE … USING', 'put the text into the format');
}

function refuseDiagnostics(tokens: readonly Token[]): void {
  const words = significant(tokens).map(keyword);
  if (words[1] !== 'diagnostics') throw notRedshift('GET STACKED DIAGNOSTICS', 'read SQLERRM and SQLSTATE');
  if (words.at(-1) !== 'row_count') throw notRedshift('This GET DIAGNOSTICS', 'only ROW_COUNT is known');
}
