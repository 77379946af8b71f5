import type { Client } from 'pg';
import type { PostgresConnection } from '../../contracts.ts';
import { translateDynamic } from '../dialect/translate.ts';
import { WarehouseError } from '../warehouse-error.ts';
import { connectAsAdmin } from './admin-connection.ts';

/**
 * Answers procedures that ask for the translation of an EXECUTE's text. A procedure cannot see rows committed after its
 * snapshot, but it can read a large object: the answer is one, with the number that the procedure chose.
 */
export interface Letters {
  /** Translates `command` and delivers it, or the error to raise, under `letter`. */
  answer(letter: string, command: string, isCaseSensitive: boolean): void;
  close(): Promise<void>;
}

/** SQLSTATE of the message in which a procedure asks. */
export const LETTER_STATE = 'LW001';

/** @param admin how to connect as the superuser, who writes the large objects; connects when it is first needed */
export function createLetters(admin: PostgresConnection): Letters {
  let connected: Promise<Client> | undefined;
  const old: string[] = [];
  let last: Promise<void> = Promise.resolve();
  const deliver = async (letter: string, content: string) => {
    connected ??= connectAsAdmin(admin);
    const client = await connected;
    await client.query('SELECT lo_from_bytea($1, convert_to($2, $3))', [letter, content, 'UTF8']);
    old.push(letter);
    if (old.length < KEPT_LETTERS) return;
    await client.query('SELECT lo_unlink(letter) FROM unnest($1::oid[]) AS letter', [
      old.splice(0, KEPT_LETTERS / 2),
    ]);
  };
  return {
    answer: (letter, command, isCaseSensitive) => {
      last = last.then(() => deliver(letter, writeAnswer(command, isCaseSensitive))).catch(() => {});
    },
    close: async () => {
      const client = await connected?.catch(() => undefined);
      await client?.end().catch(() => {});
    },
  };
}

/** Read letters are thrown away in bulk, and only when they are old. */
const KEPT_LETTERS = 2000;

/** `S` and a statement, `C` and one that commits, `E` with an SQLSTATE and a message. */
function writeAnswer(command: string, isCaseSensitive: boolean): string {
  try {
    const { text, commits } = translateDynamic(command, isCaseSensitive);
    return `${commits ? 'C' : 'S'}${text}`;
  } catch (error) {
    const state = error instanceof WarehouseError ? (error.sqlState ?? 'XX000') : 'XX000';
    return `E${state}${String((error as Error).message).replace(/^ERROR: /, '')}`;
  }
}
