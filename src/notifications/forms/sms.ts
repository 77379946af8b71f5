import type { Announcement } from '../announcement.ts';

/** What fits into one text message, whatever its characters. */
const CHARACTERS = 140;

/** Characters that every phone has and that take one place each: https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html */
const STRANGE = /[^\x20-\x5a_a-z]/g;

/** What a phone shows: the title and the error, on one line. */
export function composeSms({ title, facts: { error } }: Announcement): string {
  const text = error === undefined ? title : `${title}: ${error}`;
  const plain = text.replaceAll(STRANGE, '?');
  return plain.length > CHARACTERS ? `${plain.slice(0, CHARACTERS - 3)}...` : plain;
}
