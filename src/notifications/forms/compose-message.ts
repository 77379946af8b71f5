import type { Announcement } from '../announcement.ts';
import type { FormName, Message } from '../message.ts';
import { composeChatForm } from './chat.ts';
import { composeMachineForm } from './machine.ts';
import { composeProse, toSubject } from './prose.ts';
import { composeSms } from './sms.ts';

type Form = (announcement: Announcement) => string;

/** How each form is made. One that is not here gets the prose. */
const FORMS: Readonly<Record<FormName, Form>> = {
  https: composeChatForm,
  sqs: composeMachineForm,
  lambda: composeMachineForm,
  sms: composeSms,
};

/** Characters of an attribute's value, all of them ASCII. */
const ATTRIBUTE_CHARACTERS = 250;

/** Pipelines in an attribute: they count towards the size of a message. */
const MOST_PIPELINES = 100;

/**
 * All forms of an announcement. Each is made by itself: where one cannot be made, its subscribers get the prose, and the others get
 * what they always get.
 */
export function composeMessage(
  announcement: Announcement,
  forms: Readonly<Record<FormName, Form>> = FORMS,
): Message {
  const made = Object.entries(forms).map(([name, form]) => ({ name, ...attempt(form, announcement) }));
  const entries = made.flatMap(({ name, text }) => (text === undefined ? [] : [[name, text]]));
  return {
    subject: toSubject(announcement.title || announcement.event),
    body: composeProse(announcement),
    forms: Object.fromEntries(entries),
    faults: made.flatMap(({ name, fault }) => (fault === undefined ? [] : [`${name}: ${fault}`])),
    attributes: attributesOf(announcement),
  };
}

function attempt(
  form: Form,
  announcement: Announcement,
): { readonly text?: string; readonly fault?: string } {
  try {
    return { text: form(announcement) };
  } catch (error) {
    return { fault: String(error) };
  }
}

/** What subscribers filter by. SNS refuses empty values. */
function attributesOf({ event, severity, facts }: Announcement): Message['attributes'] {
  const { machine, task, status, error, stage, pipelines } = facts;
  const named = pipelines.filter((name) => name !== '');
  const texts = Object.entries({ event, severity, stage, machine, task, status, error }).flatMap(
    ([name, value]) => (value === undefined || value === '' ? [] : [[name, plain(value)] as const]),
  );
  return {
    ...Object.fromEntries(texts),
    ...(named.length === 0 ? {} : { pipeline: named.slice(0, MOST_PIPELINES).map(plain) }),
  };
}

function plain(value: string): string {
  return value.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, ATTRIBUTE_CHARACTERS);
}
