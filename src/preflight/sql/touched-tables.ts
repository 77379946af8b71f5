import { findLocalNames } from './local-names.ts';
import { readTokens, type SqlToken } from './sql-tokens.ts';
import {
  isFetch,
  isFiltered,
  isMerge,
  isSign,
  nameAt,
  nameEndingAt,
  statementFrom,
  wordAt,
} from './token-places.ts';

/** A right on a table. */
export type TableRight = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE' | 'TRUNCATE';

/** What a SQL text does, as far as its words say it. */
export interface SqlEffects {
  /** Rights that it needs, by `schema.table`. */
  readonly tables: ReadonlyMap<string, ReadonlySet<TableRight>>;
  /** Words that end the transaction: TRUNCATE, COMMIT, ROLLBACK. */
  readonly commits: readonly string[];
  /** Functions that it calls, `schema.name` or `name`. */
  readonly functions: ReadonlySet<string>;
  /** What its words do not say, in sentences. */
  readonly doubts: readonly string[];
}

/** In these, FROM does not stand before a table. */
const FROM_IN_ARGUMENTS: ReadonlySet<string> = new Set(['extract', 'substring', 'trim', 'overlay', 'btrim']);

/** Behind these, a word begins a statement of PL/pgSQL. */
const OPENS_STATEMENT: ReadonlySet<string> = new Set([';', 'begin', 'then', 'else', 'loop', 'exception']);

interface Reading {
  readonly tokens: readonly SqlToken[];
  readonly locals: ReadonlySet<string>;
  readonly tables: Map<string, Set<TableRight>>;
  readonly commits: Set<string>;
  readonly functions: Set<string>;
  readonly doubts: Set<string>;
}

/**
 * Reads which tables a query or the body of a procedure touches. It follows no call and no dynamic SQL: it names them as doubts.
 * A text that cannot be read is one doubt.
 */
export function readEffects(text: string): SqlEffects {
  const reading = { tables: new Map(), commits: new Set<string>(), functions: new Set<string>() };
  const doubts = new Set<string>();
  try {
    const tokens = readTokens(text);
    readAll({ ...reading, tokens, doubts, locals: findLocalNames(tokens) });
  } catch (error) {
    doubts.add(`its text cannot be read: ${(error as Error).message}`);
  }
  return { ...reading, commits: [...reading.commits], doubts: [...doubts] };
}

function readAll(reading: Reading): void {
  const { tokens, functions } = reading;
  const groups: string[] = [];
  for (const [at, { kind, text }] of tokens.entries()) {
    if (kind === 'sign' && text === '(') groups.push(wordAt(tokens, at - 1));
    else if (kind === 'sign' && text === ')') groups.pop();
    else if (kind === 'word' && !isPart(tokens, at)) {
      readWord(reading, at, groups.at(-1) ?? '');
    }
    if (kind !== 'sign' && isSign(tokens[at + 1], '(')) functions.add(nameEndingAt(tokens, at));
  }
}

/** Whether the token is behind a dot: `t.from`. */
function isPart(tokens: readonly SqlToken[], at: number): boolean {
  return isSign(tokens[at - 1], '.');
}

function readWord(reading: Reading, at: number, group: string): void {
  const { tokens } = reading;
  const before = wordAt(tokens, at - 1);
  switch (tokens[at]?.text) {
    case 'insert':
      return wordAt(tokens, at + 1) === 'into' ? need(reading, at + 2, ['INSERT']) : undefined;
    case 'update':
      if (before === 'for' || (before === 'then' && isMerge(tokens, at))) return undefined;
      return need(reading, at + 1, isFiltered(tokens, at) ? ['UPDATE', 'SELECT'] : ['UPDATE']);
    case 'delete':
      return readDelete(reading, at);
    case 'merge':
      return wordAt(tokens, at + 1) === 'into' ? readMerge(reading, at + 2) : undefined;
    case 'from':
      if (before === 'delete' || (before === 'distinct' && wordAt(tokens, at - 2) === 'is')) return undefined;
      if (before === 'distinct' && wordAt(tokens, at - 2) === 'not') return undefined;
      return FROM_IN_ARGUMENTS.has(group) || isFetch(tokens, at) ? undefined : readSources(reading, at + 1);
    case 'join':
      return readSources(reading, at + 1);
    case 'using':
      return isSign(tokens[at + 1], '(') && !isMerge(tokens, at) ? undefined : readSources(reading, at + 1);
    default:
      return readCommand(reading, at);
  }
}

/** Words that mean something at the beginning of a statement. */
function readCommand({ tokens, commits, doubts, ...reading }: Reading, at: number): void {
  const word = tokens[at]?.text ?? '';
  if (at > 0 && !OPENS_STATEMENT.has(tokens[at - 1]?.text ?? '')) return;
  const next = wordAt(tokens, at + 1);
  const whole = { tokens, commits, doubts, ...reading };
  if (word === 'truncate') {
    commits.add('TRUNCATE');
    need(whole, next === 'table' ? at + 2 : at + 1, ['TRUNCATE']);
  } else if (word === 'commit' || word === 'rollback') commits.add(word.toUpperCase());
  else if (word === 'execute') readExecute(whole, at);
  else if (word === 'call')
    doubts.add(`it calls ${nameAt(tokens, at + 1)?.name ?? 'a procedure'}, which is not followed`);
  else if (/^(copy|unload|drop|alter|grant|revoke)$/.test(word) && !isLocal(whole, at + 2))
    doubts.add(`what ${word.toUpperCase()} needs is not known from its words`);
  else if (word === 'create' && /^(table|view|schema|external)$/.test(next))
    doubts.add(
      `it makes ${next === 'table' ? 'tables' : `a ${next}`}, for which it needs CREATE on a schema`,
    );
}

function readExecute({ tokens, doubts, ...reading }: Reading, at: number): void {
  const [literal, end] = tokens.slice(at + 1, at + 3);
  if (literal?.kind === 'string' && (end === undefined || isSign(end, ';'))) {
    const inner = readTokens(literal.text);
    readAll({
      ...reading,
      doubts,
      tokens: inner,
      locals: new Set([...reading.locals, ...findLocalNames(inner)]),
    });
    return;
  }
  doubts.add('it runs dynamic SQL (EXECUTE), which is not read');
}

function readDelete(reading: Reading, at: number): void {
  const { tokens } = reading;
  if (wordAt(tokens, at - 1) === 'then' && isMerge(tokens, at)) return;
  if (/^(on|action)$/.test(wordAt(tokens, at - 1))) return;
  const rights: readonly TableRight[] = isFiltered(tokens, at) ? ['DELETE', 'SELECT'] : ['DELETE'];
  need(reading, wordAt(tokens, at + 1) === 'from' ? at + 2 : at + 1, rights);
}

function readMerge(reading: Reading, at: number): void {
  const words = statementFrom(reading.tokens, at).map(({ text }) => text);
  const rights = (['INSERT', 'UPDATE', 'DELETE'] as const).filter((right) =>
    words.includes(right.toLowerCase()),
  );
  need(reading, at, ['SELECT', ...rights]);
}

/** Tables of a FROM, with their aliases, up to what is no more of the list. */
function readSources(reading: Reading, from: number): void {
  const { tokens } = reading;
  for (let at = from; ; ) {
    const found = nameAt(tokens, at);
    if (found === undefined) return;
    if (!isSign(tokens[found.end], '(')) need(reading, at, ['SELECT']);
    let next = found.end;
    if (wordAt(tokens, next) === 'as') next += 1;
    if (isSign(tokens[next], ',')) at = next + 1;
    else if (tokens[next]?.kind !== 'sign' && isSign(tokens[next + 1], ',')) at = next + 2;
    else return;
  }
}

function need(reading: Reading, at: number, rights: readonly TableRight[]): void {
  const { tokens, tables, doubts } = reading;
  const found = nameAt(tokens, at);
  if (found === undefined || isLocal(reading, at)) return;
  if (found.parts === 1) {
    doubts.add(`${found.name} stands without a schema: which table it is depends on search_path`);
    return;
  }
  if (found.parts > 2) {
    doubts.add(`${found.name} is in another database`);
    return;
  }
  const known = tables.get(found.name) ?? new Set<TableRight>();
  for (const right of rights) known.add(right);
  tables.set(found.name, known);
}

/** Whether the name is made by the text itself: a temporary table, a CTE, a variable. */
function isLocal({ tokens, locals }: Reading, at: number): boolean {
  const found = nameAt(tokens, at);
  return found !== undefined && (locals.has(found.name) || found.name.startsWith('#'));
}
