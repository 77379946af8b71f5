import { isLocal, need, type Reading } from './reading.ts';
import { isMark, nameAt, wordAt } from './token-places.ts';

const MADE = /^(?:table|view|schema|external)$/;

const COMMANDS: Readonly<Record<string, (reading: Reading, at: number) => void>> = {
  truncate: (reading, at) => {
    reading.commits.add('TRUNCATE');
    need(reading, wordAt(reading.tokens, at + 1) === 'table' ? at + 2 : at + 1, ['TRUNCATE']);
  },
  commit: ({ commits }) => {
    commits.add('COMMIT');
  },
  rollback: ({ commits }) => {
    commits.add('ROLLBACK');
  },
  execute: readExecute,
  call: ({ tokens, calls, doubts }, at) => {
    const found = nameAt(tokens, at + 1);
    if (found?.parts === 2) calls.add(found.name);
    else doubts.add(`it calls ${found?.name}, which is not followed: which procedure it is, is not certain`);
  },
  create: ({ tokens, doubts }, at) => {
    const what = wordAt(tokens, at + 1);
    if (MADE.test(what)) doubts.add(`it makes a ${what}, for which it needs CREATE on a schema`);
  },
  drop: doubtRights,
  alter: doubtRights,
  copy: doubtRights,
  unload: doubtRights,
  grant: doubtRights,
  revoke: doubtRights,
};

/** Reads a word that begins a statement. */
export function readCommand(reading: Reading, at: number): void {
  const word = wordAt(reading.tokens, at);
  if (Object.hasOwn(COMMANDS, word)) COMMANDS[word]?.(reading, at);
}

/** A text that stands there as a whole is read; one that is put together is not. */
function readExecute({ tokens, doubts, readInner }: Reading, at: number): void {
  const [literal, end] = tokens.slice(at + 1, at + 3);
  const isWhole = literal?.kind === 'string' && (end === undefined || isMark(end, ';'));
  if (isWhole) readInner(literal.text);
  else doubts.add('it runs dynamic SQL (EXECUTE), which is not read');
}

/** DROP of a temporary table needs nothing. */
function doubtRights(reading: Reading, at: number): void {
  const name = /^if$/.test(wordAt(reading.tokens, at + 2)) ? at + 4 : at + 2;
  if (isLocal(reading, name)) return;
  reading.doubts.add(`what ${wordAt(reading.tokens, at).toUpperCase()} needs is not known from its words`);
}
