import type { Repair } from '../errors/repairs.ts';
import type { RunAudit, RunStep } from '../run-history/run.ts';

/**
 * What can be told, and what each name means. The names are a contract with programs that read messages: docs/notifications.md lists them.
 */
export const EVENTS = {
  'run-succeeded': 'A run has ended, and production shows its load.',
  'run-failed': 'A run has failed. Production is as the steps before left it.',
  'run-timed-out': 'A run took longer than its state machine allows, and was ended.',
  'run-stopped': 'Somebody has stopped a run.',
  'load-failed': 'A DMS task ended with an error. No run is started for that load.',
  'load-stopped': 'A DMS task stopped before its load had finished. No run is started for that load.',
  'deadline-at-risk': 'The load of a day will probably not be published at its deadline.',
  'deadline-missed': 'The load of a day is not published at its deadline.',
  'deadline-closed': 'A load whose deadline was missed is published now.',
  digest: 'What was published in a day, in one message.',
} as const;
export type EventName = keyof typeof EVENTS;

/** How much it matters: `error` needs a person, `warning` may need one, `info` needs nobody. */
export type MessageSeverity = 'error' | 'warning' | 'info';

/**
 * Something that people and programs are told, before it has a form. A new kind of event is one such value: `composeMessage` makes
 * every form of it.
 */
export interface Announcement {
  readonly event: EventName;
  readonly severity: MessageSeverity;
  /** One line, the subject of an e-mail. */
  readonly title: string;
  /** What happened. The first says it in a sentence; undefined ones are left out. */
  readonly paragraphs: readonly (string | undefined)[];
  /** What to do, by cause, with the commands. */
  readonly repairs: readonly Repair[];
  /** What stands at the end of an e-mail: a link, or an ARN. */
  readonly reference: string;
  /** Messages with the same one are about the same load. A chat shows them as one thread. */
  readonly threadId: string;
  readonly facts: Facts;
}

/** What programs read. Absent is what is not known, or does not apply. */
export interface Facts {
  /** Status of the run in Step Functions, or what became of the load or deadline: in capitals. */
  readonly status: string;
  readonly stage?: string | undefined;
  /** Pipelines that it concerns. A load may have several. */
  readonly pipelines: readonly string[];
  /** Name of the state machine. */
  readonly machine?: string | undefined;
  /** Identifier of the DMS task. */
  readonly task?: string | undefined;
  /** ID of the load, which all its runs share. */
  readonly load?: string | undefined;
  readonly run?: RunReference | undefined;
  readonly step?: string | undefined;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
  /** Staged rows by table. */
  readonly stagedRows?: Readonly<Record<string, number>> | undefined;
  readonly warnings?: readonly string[] | undefined;
  readonly steps?: readonly ToldStep[] | undefined;
  readonly audits?: readonly RunAudit[] | undefined;
  /** Other figures, in the unit that the name says: `runSeconds`. */
  readonly figures?: Readonly<Record<string, number>> | undefined;
  /** Addresses by what they show. */
  readonly links?: Readonly<Record<string, string>> | undefined;
}

/** How a step of a run has ended. */
export interface ToldStep extends Pick<RunStep, 'name' | 'state' | 'effect' | 'attempts'> {
  /** That its last statement took in Redshift. */
  readonly seconds?: number;
}

/** A run, as programs need it for a call. */
export interface RunReference {
  readonly executionArn: string;
  readonly name: string;
  readonly redriveCount: number;
  /** ISO 8601. */
  readonly startedAt?: string | undefined;
  readonly endedAt?: string | undefined;
}
