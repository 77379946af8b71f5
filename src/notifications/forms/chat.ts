import { ALWAYS } from '../../errors/error-entry.ts';
import type { Repair } from '../../errors/repairs.ts';
import { type Announcement, EVENTS, type Facts } from '../announcement.ts';
import { cutText, fitBytes } from './fit-bytes.ts';
import { inertText, isInertCode } from './inert.ts';

/**
 * A custom notification, as AWS's clients for Slack and Teams take it. They drop every other text.
 * https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
 */
interface CustomNotification {
  readonly version: '1.0';
  readonly source: 'custom';
  readonly content: {
    readonly textType: 'client-markdown';
    readonly title: string;
    readonly description: string;
    readonly nextSteps?: readonly string[];
    readonly keywords: readonly string[];
  };
  readonly metadata: {
    readonly threadId: string;
    readonly summary: string;
    readonly eventType: string;
    readonly relatedResources?: readonly string[];
    readonly additionalContext: Readonly<Record<string, string>>;
  };
}

/**
 * Characters. AWS publishes no limits of its own. Slack allows 150 in a header and 3,000 in a section:
 * https://docs.slack.dev/reference/block-kit/blocks/. Teams allows about 28 KB in all.
 */
export const CHAT_LIMITS = { title: 150, description: 2_900, nextSteps: 2_900, word: 250 } as const;

/** Bytes of the form as they stand in the structure of a message. */
const MOST_BYTES = 28_000;

const SIGNS = { error: '🔴', warning: '🟠', info: '🟢' } as const;
const CAUSE_CHARACTERS = 1_200;

/** What a chat shows: what happened, what to do with the commands, and in which thread. */
export function composeChatForm(announcement: Announcement): string {
  const whole = customNotification(announcement);
  const { nextSteps: _, ...content } = whole.content;
  const short = { ...whole, content: { ...content, description: cutText(content.description, 500) } };
  return fitBytes([JSON.stringify(whole), JSON.stringify(short)], MOST_BYTES);
}

function customNotification(announcement: Announcement): CustomNotification {
  const { event, severity, title, paragraphs, threadId, repairs, facts } = announcement;
  const { run, links } = facts;
  const steps = nextSteps(repairs);
  const said = paragraphs.filter((paragraph) => paragraph !== undefined);
  return {
    version: '1.0',
    source: 'custom',
    content: {
      textType: 'client-markdown',
      title: cutText(`${SIGNS[severity]} ${inertText(title)}`, CHAT_LIMITS.title),
      description: describe(said, Object.values(links ?? {})) || EVENTS[event],
      ...(steps.length === 0 ? {} : { nextSteps: steps }),
      keywords: keywordsOf(event, severity, facts),
    },
    metadata: {
      threadId: word(threadId),
      summary: cutText(inertText(said[0] ?? title), CHAT_LIMITS.word),
      eventType: event,
      ...(run === undefined ? {} : { relatedResources: [cutText(inertText(run.executionArn), 2_048)] }),
      additionalContext: contextOf(facts),
    },
  };
}

/** The paragraphs, the longest of them cut, and the links, which are ours. */
function describe(paragraphs: readonly string[], links: readonly string[]): string {
  const usable = links.filter((link) => isInertCode(link) && /^https:\/\/[^\s|]{1,700}$/.test(link));
  const end = usable.map((link) => `\n\n${link}`).join('');
  const text = paragraphs.map((paragraph) => cutText(inertText(paragraph), CAUSE_CHARACTERS)).join('\n\n');
  return cutText(text, CHAT_LIMITS.description - end.length) + end;
}

/** As many as there is room for. A command is there as a whole or not at all. */
function nextSteps(repairs: readonly Repair[]): readonly string[] {
  const steps = repairs.map(nextStep);
  const more = 'More ways, and what each does, stand in the e-mail and in docs/errors.md.';
  let room = CHAT_LIMITS.nextSteps - more.length;
  const fitting = steps.filter((step) => {
    const fits = step.length <= room;
    room = fits ? room - step.length : 0;
    return fits;
  });
  return fitting.length < steps.length ? [...fitting, more] : fitting;
}

function nextStep({ when, repair, actions }: Repair): string {
  const commands = actions.flatMap((action) => action.commands).filter(isInertCode);
  const words = inertText(when === ALWAYS ? repair : `${when}. ${repair}`);
  return [words, ...commands.map((command) => `\`${command}\``)].join('\n');
}

function keywordsOf(event: string, severity: string, { pipelines, step, error }: Facts): readonly string[] {
  const words = [event, severity, ...pipelines.slice(0, 5), step, error];
  return words.filter((text) => text !== undefined && text !== '').map((text) => word(text ?? ''));
}

/** For custom actions of a channel: their buttons can take these as variables. */
function contextOf({ pipelines, run, status, stage, load, task, step, error }: Facts) {
  const known = { pipeline: pipelines.join(' '), status, stage, load, task, step, error, run: run?.name };
  const entries = Object.entries(known).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(entries.map(([name, value]) => [name, word(value ?? '')]));
}

function word(text: string): string {
  return cutText(inertText(text), CHAT_LIMITS.word).replaceAll(/\s+/g, ' ');
}
