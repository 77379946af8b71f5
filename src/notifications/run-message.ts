import { count } from '../count.ts';
import { describeRepairs } from '../errors/repairs.ts';
import { readExecutionArn } from '../executions/execution-arn.ts';
import { readRunName } from '../runs/run-name.ts';
import { type Message, shorten, toBody, toSubject } from './message.ts';
import type { RunEndedEvent } from './outcome-event.ts';
import { repairFactsOf, type StageNames } from './repair-facts.ts';

type RunEnd = RunEndedEvent['detail'];

const IN_WORDS: Readonly<Record<string, string>> = {
  FAILED: 'has failed',
  TIMED_OUT: 'ran longer than its state machine allows and was ended',
  ABORTED: 'was stopped',
  SUCCEEDED: 'has succeeded',
};

/** The message about a run that did not succeed: what happened, where, why, and what to do, with the commands. */
export function composeRunFailure(detail: RunEnd, names: StageNames): Message {
  const { link, machine } = readExecutionArn(detail.executionArn);
  const { error, cause, step } = readFailure(detail);
  const repairs = describeRepairs(error, repairFactsOf(detail.executionArn, names));
  return {
    subject: toSubject(`${detail.status}: ${machine}${step === undefined ? '' : ` at ${step}`}`),
    body: toBody([
      `The run of ${machine} for load ${loadOf(detail)} ${IN_WORDS[detail.status]}.`,
      [
        ...(step === undefined ? [] : [`Step:  ${step}`]),
        `Error: ${error}`,
        ...(cause === '' ? [] : [`Cause: ${shorten(cause)}`]),
      ].join('\n'),
      ['What to do:', ...repairs].join('\n'),
      link,
    ]),
    attributes: { machine, status: detail.status, error },
  };
}

/** The load of a run. A continuation is about the load of the run that it continues. */
function loadOf({ name }: RunEnd): string {
  const { continue: number } = readRunName(name);
  return number === undefined ? name : `${name.replace(/-c\d+$/, '')} (continuation ${number})`;
}

/** The message about a run that succeeded, or undefined for a superseded one. */
export function composeRunSuccess(detail: RunEnd): Message | undefined {
  const { outcome, stagedRows, warnings } = readOutput(detail.output);
  if (outcome === 'superseded') return undefined;
  const { link, machine } = readExecutionArn(detail.executionArn);
  return {
    subject: toSubject(`SUCCEEDED: ${machine}`),
    body: toBody([
      `The run of ${machine} for load ${loadOf(detail)} ${IN_WORDS.SUCCEEDED}: production shows the load.`,
      typeof stagedRows === 'string' ? `Staged: ${describeStagedRows(stagedRows)}` : undefined,
      Array.isArray(warnings) && warnings.length > 0 ? `Warnings: ${warnings.join('; ')}` : undefined,
      link,
    ]),
    attributes: { machine, status: detail.status },
  };
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
