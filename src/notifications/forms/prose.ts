import { repairLines } from '../../errors/repairs.ts';
import { visibleText } from '../../visible-text.ts';
import type { Announcement } from '../announcement.ts';
import { cutText, fitBytes } from './fit-bytes.ts';

const SUBJECT_CHARACTERS = 100;
const CAUSE_CHARACTERS = 8_192;

/** A subject that SNS accepts, whatever names it holds. */
export function toSubject(text: string): string {
  const plain = text.replaceAll(/[^\x20-\x7e]/g, '?');
  return plain.length > SUBJECT_CHARACTERS ? `${plain.slice(0, SUBJECT_CHARACTERS - 3)}...` : plain;
}

/** Bytes of the form as they stand in the structure of a message. */
const MOST_BYTES = 90_000;
/** Characters of a paragraph. The first holds all that this product says; the others are for what nobody expects. */
const PARAGRAPH_CHARACTERS = [12_000, 2_000, 200] as const;

/** What an e-mail says: what happened, what to do, and where to look. Nothing in it is invisible. */
export function composeProse({ paragraphs, repairs, reference }: Announcement): string {
  const remedy = repairBlock(repairs);
  const write = (characters: number) => {
    const said = [...paragraphs, remedy, reference].filter((part) => part !== undefined);
    return visibleText(`${said.map((part) => cutText(part, characters)).join('\n\n')}\n`);
  };
  return fitBytes(PARAGRAPH_CHARACTERS.map(write), MOST_BYTES);
}

function repairBlock(repairs: Announcement['repairs']): string | undefined {
  return repairs.length === 0 ? undefined : ['What to do:', ...repairLines(repairs)].join('\n');
}

/** A text from outside as long as a person reads it, with what cannot be seen made visible. */
export function shorten(text: string): string {
  const visible = visibleText(text);
  return visible.length > CAUSE_CHARACTERS ? `${visible.slice(0, CAUSE_CHARACTERS)}…` : visible;
}
