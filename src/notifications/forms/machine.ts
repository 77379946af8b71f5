import * as z from 'zod';
import { type Announcement, EVENTS, type EventName } from '../announcement.ts';
import { cutText, fitBytes } from './fit-bytes.ts';
import { shorten } from './prose.ts';

/** Raised when a member changes its meaning or goes away. New members do not raise it: readers skip what they do not know. */
const MESSAGE_SCHEMA_VERSION = 1;

const EVENT_NAMES = Object.keys(EVENTS) as [EventName, ...EventName[]];

/** What queues and functions get. It is a contract: docs/notifications.md describes it. */
export const MachineMessageSchema = z.object({
  schemaVersion: z.literal(MESSAGE_SCHEMA_VERSION),
  event: z.enum(EVENT_NAMES),
  severity: z.enum(['error', 'warning', 'info']),
  title: z.string(),
  summary: z.string(),
  threadId: z.string(),
  status: z.string(),
  stage: z.string().optional(),
  pipelines: z.array(z.string()),
  machine: z.string().optional(),
  task: z.string().optional(),
  load: z.string().optional(),
  run: z
    .object({
      executionArn: z.string(),
      name: z.string(),
      redriveCount: z.int(),
      startedAt: z.string().optional(),
      endedAt: z.string().optional(),
    })
    .optional(),
  step: z.string().optional(),
  error: z.string().optional(),
  cause: z.string().optional(),
  stagedRows: z.record(z.string(), z.number()).optional(),
  warnings: z.array(z.string()).optional(),
  steps: z
    .array(
      z.object({
        name: z.string(),
        state: z.string(),
        effect: z.string(),
        attempts: z.int(),
        seconds: z.number().optional(),
      }),
    )
    .optional(),
  audits: z
    .array(
      z.object({
        step: z.string(),
        audit: z.string(),
        severity: z.string(),
        wrongRows: z.number(),
        rows: z.number().optional(),
      }),
    )
    .optional(),
  figures: z.record(z.string(), z.number()).optional(),
  nextSteps: z.array(
    z.object({
      when: z.string(),
      repair: z.string(),
      actions: z.array(z.object({ verb: z.string(), commands: z.array(z.string()) })),
    }),
  ),
  links: z.record(z.string(), z.string()),
});
export type MachineMessage = z.infer<typeof MachineMessageSchema>;

/** Bytes of the form as they stand in the structure of a message, where quotes and backslashes are escaped once more. */
const MOST_BYTES = 50_000;
const SHORT_CHARACTERS = 200;

/** What a program reads, as JSON. What makes it too long is left out: lists first, then what to do. */
export function composeMachineForm(announcement: Announcement): string {
  const whole = machineMessage(announcement);
  const short = withoutLists(whole);
  return fitBytes([whole, short, shortest(short)].map(toJson), MOST_BYTES);
}

function toJson(message: MachineMessage): string {
  return JSON.stringify(message);
}

function machineMessage(announcement: Announcement): MachineMessage {
  const { event, severity, title, paragraphs, threadId, repairs, facts } = announcement;
  const { links, cause, warnings, pipelines, steps, audits, ...others } = facts;
  return {
    schemaVersion: MESSAGE_SCHEMA_VERSION,
    ...{ event, severity, title, threadId, ...others },
    summary: shorten(paragraphs[0] ?? title),
    pipelines: [...pipelines],
    ...(cause === undefined ? {} : { cause: shorten(cause) }),
    ...(steps === undefined ? {} : { steps: [...steps] }),
    ...(audits === undefined ? {} : { audits: [...audits] }),
    ...(warnings === undefined ? {} : { warnings: warnings.map(shorten) }),
    nextSteps: repairs.map(({ when, repair, actions }) => ({
      when,
      repair,
      actions: actions.map(({ verb, commands }) => ({ verb, commands: [...commands] })),
    })),
    links: links ?? {},
  };
}

function withoutLists(message: MachineMessage): MachineMessage {
  const { warnings: _, stagedRows: __, steps: ___, audits: ____, cause, ...others } = message;
  return { ...others, ...(cause === undefined ? {} : { cause: cutText(cause, SHORT_CHARACTERS) }) };
}

/** Every text is cut, for names that nobody expects. */
function shortest({ pipelines, ...others }: MachineMessage): MachineMessage {
  const cut = { ...others, pipelines: pipelines.slice(0, 10), nextSteps: [] };
  return JSON.parse(JSON.stringify(cut), (_key, value) =>
    typeof value === 'string' ? cutText(value, SHORT_CHARACTERS) : value,
  );
}
