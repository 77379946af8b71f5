import { count } from '../count.ts';
import { UNKNOWN_FACTS } from '../errors/commands.ts';
import { repairsOf } from '../errors/repairs.ts';
import { readExecutionArn } from '../executions/execution-arn.ts';
import { readRunName } from '../runs/run-name.ts';
import type { Announcement, EventName, Facts } from './announcement.ts';
import { shorten } from './forms/prose.ts';
import type { RunEndedEvent } from './outcome-event.ts';
import { repairFactsOf, type StageNames } from './repair-facts.ts';

/** How late a load was published. */
export interface Lateness {
  /** `Published at 06:39, 9 minutes late` */
  readonly text: string;
  /** Which deadline it is about. */
  readonly deadline: string;
}

type RunEnd = RunEndedEvent['detail'];

const IN_WORDS: Readonly<Record<string, string>> = {
  FAILED: 'has failed',
  TIMED_OUT: 'ran longer than its state machine allows and was ended',
  ABORTED: 'was stopped',
  SUCCEEDED: 'has succeeded',
};

const EVENT_OF: Readonly<Record<string, EventName>> = {
  FAILED: 'run-failed',
  TIMED_OUT: 'run-timed-out',
  ABORTED: 'run-stopped',
};

/** What is told of a run that did not succeed: what happened, where, why, and what to do, with the commands. */
export function announceRunFailure(detail: RunEnd, names: StageNames): Announcement {
  const { machine } = readExecutionArn(detail.executionArn);
  const { error, cause, step } = readFailure(detail);
  return {
    ...announceRun(detail, names, { step, error, ...(cause === '' ? {} : { cause }) }),
    event: EVENT_OF[detail.status] ?? 'run-failed',
    severity: 'error',
    title: `${detail.status}: ${machine}${step === undefined ? '' : ` at ${step}`}`,
    paragraphs: [
      `The run of ${machine} for load ${loadOf(detail)} ${IN_WORDS[detail.status]}.`,
      [
        ...(step === undefined ? [] : [`Step:  ${step}`]),
        `Error: ${error}`,
        ...(cause === '' ? [] : [`Cause: ${shorten(cause)}`]),
      ].join('\n'),
    ],
    repairs: repairsOf(error, repairFactsOf(detail.executionArn, names)),
  };
}

/** What every message about a run has. Unknown names are left out. */
function announceRun(detail: RunEnd, names: StageNames, facts: Partial<Facts>) {
  const { executionArn, name, status, redriveCount, startDate, stopDate } = detail;
  const { link, machine } = readExecutionArn(executionArn);
  const { pipeline, stage } = repairFactsOf(executionArn, names);
  const isKnown = pipeline !== UNKNOWN_FACTS.pipeline;
  const load = readRunName(name).baseLoadId;
  return {
    reference: link,
    threadId: `${machine} ${load}`,
    facts: {
      status,
      machine,
      load,
      ...(isKnown ? { stage, pipelines: [pipeline] } : { pipelines: [] }),
      run: { executionArn, name, redriveCount, startedAt: isoTime(startDate), endedAt: isoTime(stopDate) },
      ...(startDate && stopDate
        ? { figures: { runSeconds: Math.round((stopDate - startDate) / 1_000) } }
        : {}),
      links: { run: link },
      ...facts,
    },
  };
}

function isoTime(epochMs: number | null | undefined): string | undefined {
  return typeof epochMs === 'number' ? new Date(epochMs).toISOString() : undefined;
}

/** The load of a run. A continuation is about the load of the run that it continues. */
function loadOf({ name }: RunEnd): string {
  const { continue: number } = readRunName(name);
  return number === undefined ? name : `${name.replace(/-c\d+$/, '')} (continuation ${number})`;
}

/**
 * What is told of a run that succeeded, or undefined for a superseded one.
 * @param lateness of a load whose deadline was missed
 */
export function announceRunSuccess(
  detail: RunEnd,
  names: StageNames,
  lateness?: Lateness,
): Announcement | undefined {
  const { outcome, stagedRows, warnings } = readOutput(detail.output);
  if (outcome === 'superseded') return undefined;
  const { machine } = readExecutionArn(detail.executionArn);
  const warned = Array.isArray(warnings) && warnings.length > 0 ? warnings.map(String) : undefined;
  return {
    ...announceRun(detail, names, {
      ...(typeof stagedRows === 'string' ? { stagedRows: countsOf(stagedRows) } : {}),
      ...(warned === undefined ? {} : { warnings: warned }),
    }),
    event: lateness === undefined ? 'run-succeeded' : 'deadline-closed',
    severity: warned === undefined ? 'info' : 'warning',
    title: `SUCCEEDED: ${machine}${lateness === undefined ? '' : `: ${lateness.text}`}`,
    paragraphs: [
      lateness && `${lateness.text}: ${lateness.deadline}.`,
      `The run of ${machine} for load ${loadOf(detail)} ${IN_WORDS.SUCCEEDED}: production shows the load.`,
      typeof stagedRows === 'string' ? `Staged: ${shorten(describeStagedRows(stagedRows))}` : undefined,
      warned && `Warnings: ${shorten(warned.join('; '))}`,
    ],
    repairs: [],
  };
}

/** Rows by table, as far as they are numbers. */
function countsOf(stagedRows: string): Readonly<Record<string, number>> {
  const entries = stagedRows.split(',').map((entry) => entry.split('='));
  return Object.fromEntries(
    entries.flatMap(([table = '', rows = '']) => (/^\d+$/.test(rows) ? [[table, Number(rows)]] : [])),
  );
}

/** `schema.table=rows`, separated by commas, in words: `dbo.sales_stg 1,234,567 rows`. */
function describeStagedRows(stagedRows: string): string {
  const tables = stagedRows.split(',').map((entry) => {
    const [table = '', rows = ''] = entry.split('=');
    return `${table} ${/^\d+$/.test(rows) ? count(Number(rows), 'row') : rows}`;
  });
  return tables.join(', ');
}

interface Failure {
  readonly error: string;
  readonly cause: string;
  readonly step: string | undefined;
}

/** A Lambda function's error arrives as JSON in the cause. Its message names the step. */
function readFailure({ status, error, cause }: RunEnd): Failure {
  const text = lambdaMessage(cause ?? '');
  const step = /\bstep (\w+) of /.exec(text)?.[1];
  return { error: error ?? `States.${status}`, cause: text, step };
}

function lambdaMessage(cause: string): string {
  const { errorMessage } = readObject(cause);
  return typeof errorMessage === 'string' ? errorMessage : cause;
}

function readOutput(output: string | null | undefined): Record<string, unknown> {
  return readObject(output ?? '');
}

function readObject(json: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(json));
  } catch {
    return {};
  }
}
