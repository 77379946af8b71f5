import { findLocalNames } from './local-names.ts';
import { readCommand } from './read-command.ts';
import { need, type Reading, type TableRight } from './reading.ts';
import { readTokens, type SqlToken } from './sql-tokens.ts';
import {
  endOfGroup,
  isFetch,
  isFiltered,
  isMark,
  isMerge,
  nameAt,
  nameEndingAt,
  statementFrom,
  wordAt,
} from './token-places.ts';

/** What a SQL text does, as far as its words say it. */
export interface SqlEffects {
  /** Rights that it needs, by `schema.table`. */
  readonly tables: ReadonlyMap<string, ReadonlySet<TableRight>>;
  /** Words that end the transaction: TRUNCATE, COMMIT, ROLLBACK. */
  readonly commits: readonly string[];
  /** Functions that it calls, `schema.name` or `name`. */
  readonly functions: ReadonlySet<string>;
  /** Procedures that it calls, `schema.name`. */
  readonly calls: ReadonlySet<string>;
  /** What its words do not say, a sentence each without its end. */
  readonly doubts: readonly string[];
}

/** In these, FROM does not stand before a table. */
const FROM_IN_ARGUMENTS: ReadonlySet<string> = new Set(['extract', 'substring', 'trim', 'overlay', 'btrim']);

/** Behind these, a word begins a statement of PL/pgSQL. */
const OPENS_STATEMENT: ReadonlySet<string> = new Set([';', 'begin', 'then', 'else', 'loop', 'exception']);

/**
 * Reads which tables a query or the body of a procedure touches. It follows no call, and names it; dynamic SQL is a doubt.
 * A text that cannot be read is one doubt.
 */
export function readEffects(text: string): SqlEffects {
  const found = {
    ...{ tables: new Map<string, Set<TableRight>>(), functions: new Set<string>() },
    ...{ calls: new Set<string>() },
    ...{ commits: new Set<string>(), doubts: new Set<string>() },
  };
  const read = (part: string, outer: ReadonlySet<string>): void => {
    const tokens = readTokens(part);
    const locals = new Set([...outer, ...findLocalNames(tokens)]);
    readAll({ ...found, tokens, locals, readInner: (inner) => read(inner, locals) });
  };
  try {
    read(text, new Set());
  } catch (error) {
    found.doubts.add(`its text cannot be read: ${(error as Error).message}`);
  }
  return { ...found, commits: [...found.commits], doubts: [...found.doubts] };
}

function readAll(reading: Reading): void {
  const { tokens, functions } = reading;
  const groups: string[] = [];
  for (const [at, token] of tokens.entries()) {
    if (isMark(token, '(')) groups.push(wordAt(tokens, at - 1));
    else if (isMark(token, ')')) groups.pop();
    // `t.from` is a column.
    else if (token.kind === 'word' && !isMark(tokens[at - 1], '.'))
      readWord(reading, at, groups.at(-1) ?? '');
    if (token.kind !== 'sign' && isMark(tokens[at + 1], '(')) functions.add(nameEndingAt(tokens, at));
  }
}

const WORDS: Readonly<Record<string, (reading: Reading, at: number, group: string) => void>> = {
  insert: (reading, at) => {
    if (wordAt(reading.tokens, at + 1) === 'into') need(reading, at + 2, ['INSERT']);
  },
  update: (reading, at) => {
    if (isPartOfAnother(reading.tokens, at)) return;
    need(reading, at + 1, isFiltered(reading.tokens, at) ? ['UPDATE', 'SELECT'] : ['UPDATE']);
  },
  delete: (reading, at) => {
    const { tokens } = reading;
    if (isPartOfAnother(tokens, at)) return;
    const name = wordAt(tokens, at + 1) === 'from' ? at + 2 : at + 1;
    need(reading, name, isFiltered(tokens, at) ? ['DELETE', 'SELECT'] : ['DELETE']);
  },
  merge: (reading, at) => {
    if (wordAt(reading.tokens, at + 1) === 'into') readMerge(reading, at + 2);
  },
  from: (reading, at, group) => {
    if (isBeforeTables(reading.tokens, at, group)) readSources(reading, at + 1);
  },
  join: (reading, at) => readSources(reading, at + 1),
  using: (reading, at) => {
    // Not JOIN … USING (column).
    if (!isMark(reading.tokens[at + 1], '(')) readSources(reading, at + 1);
  },
};

function readWord(reading: Reading, at: number, group: string): void {
  const { tokens } = reading;
  const word = wordAt(tokens, at);
  if (Object.hasOwn(WORDS, word)) WORDS[word]?.(reading, at, group);
  else if (at === 0 || OPENS_STATEMENT.has(tokens[at - 1]?.text ?? '')) readCommand(reading, at);
}

/** SELECT … FOR UPDATE, MERGE … THEN UPDATE, ON DELETE. */
function isPartOfAnother(tokens: readonly SqlToken[], at: number): boolean {
  const before = wordAt(tokens, at - 1);
  return before === 'for' || before === 'on' || (before === 'then' && isMerge(tokens, at));
}

/** Not DELETE FROM, IS DISTINCT FROM, extract(… FROM …) and FETCH FROM. */
function isBeforeTables(tokens: readonly SqlToken[], at: number, group: string): boolean {
  const [before, first] = [wordAt(tokens, at - 1), wordAt(tokens, at - 2)];
  if (before === 'delete' || (before === 'distinct' && /^(is|not)$/.test(first))) return false;
  return !FROM_IN_ARGUMENTS.has(group) && !isFetch(tokens, at);
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
  for (let at: number | undefined = from; at !== undefined; ) {
    const end = readSource(reading, at);
    at = end === undefined ? undefined : nextSource(reading.tokens, end);
  }
}

/** One of them; what stands in brackets is read by itself. @returns where it ends; undefined for what is none */
function readSource(reading: Reading, at: number): number | undefined {
  const { tokens } = reading;
  const end = nameAt(tokens, at)?.end ?? at;
  if (isMark(tokens[end], '(')) return endOfGroup(tokens, end) + 1;
  if (end === at) return undefined;
  need(reading, at, ['SELECT']);
  return end;
}

/** Where the next one begins, behind an alias and a comma. */
function nextSource(tokens: readonly SqlToken[], end: number): number | undefined {
  const alias = wordAt(tokens, end) === 'as' ? end + 1 : end;
  if (isMark(tokens[alias], ',')) return alias + 1;
  return tokens[alias]?.kind !== 'sign' && isMark(tokens[alias + 1], ',') ? alias + 2 : undefined;
}
