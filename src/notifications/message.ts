import { visibleText } from '../visible-text.ts';

/** What people are sent. */
export interface Message {
  /** One line of ASCII with at most 100 characters: SNS accepts nothing else. */
  readonly subject: string;
  readonly body: string;
  /** For the filter policies of subscribers: https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html */
  readonly attributes: Readonly<Record<string, string>>;
}

const SUBJECT_CHARACTERS = 100;
const CAUSE_CHARACTERS = 8_192;

/** A subject that SNS accepts, whatever names it holds. */
export function toSubject(text: string): string {
  const plain = text.replaceAll(/[^\x20-\x7e]/g, '?');
  return plain.length > SUBJECT_CHARACTERS ? `${plain.slice(0, SUBJECT_CHARACTERS - 3)}...` : plain;
}

/** Joins paragraphs with a blank line between them, and leaves out undefined ones. Nothing in it is invisible. */
export function toBody(paragraphs: readonly (string | undefined)[]): string {
  return visibleText(`${paragraphs.filter((paragraph) => paragraph !== undefined).join('\n\n')}\n`);
}

/** A cause as long as a person reads it. */
export function shorten(cause: string): string {
  return cause.length > CAUSE_CHARACTERS ? `${cause.slice(0, CAUSE_CHARACTERS)}…` : cause;
}
