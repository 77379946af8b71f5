import { adviceFor } from './advice.ts';
import { readExecutionArn } from './execution-arn.ts';
import { type Message, shorten, toBody, toSubject } from './message.ts';
import type { RunEndedEvent } from './outcome-event.ts';

type RunEnd = RunEndedEvent['detail'];

const IN_WORDS: Readonly<Record<string, string>> = {
  FAILED: 'has failed',
  TIMED_OUT: 'ran longer than its state machine allows and was ended',
  ABORTED: 'was stopped',
  SUCCEEDED: 'has ended well',
};

/** The message about a run that did not end well: what happened, why, and what to do. */
export function composeRunFailure(detail: RunEnd): Message {
  const { link, machine, region } = readExecutionArn(detail.executionArn);
  const { error, cause, step } = readFailure(detail);
  const advice = adviceFor(error);
  const redrive = [
    `  aws stepfunctions redrive-execution --region ${region} --execution-arn ${detail.executionArn}`,
    'It goes on at the state that failed, and is possible for 14 days after the end.',
  ].join('\n');
  return {
    subject: toSubject(`${detail.status}: ${machine}${step === undefined ? '' : ` at ${step}`}`),
    body: toBody([
      `The run of ${machine} for load ${detail.name} ${IN_WORDS[detail.status]}.`,
      [
        ...(step === undefined ? [] : [`Step:  ${step}`]),
        `Error: ${error}`,
        ...(cause === '' ? [] : [`Cause: ${shorten(cause)}`]),
      ].join('\n'),
      `What to do: ${advice.text}`,
      advice.redrive ? redrive : undefined,
      link,
    ]),
    attributes: { machine, status: detail.status, error },
  };
}

/** The message about a run that ended well, or undefined for one that a newer load made pointless. */
export function composeRunSuccess(detail: RunEnd): Message | undefined {
  const { outcome, stagedRows } = readOutput(detail.output);
  if (outcome === 'superseded') return undefined;
  const { link, machine } = readExecutionArn(detail.executionArn);
  return {
    subject: toSubject(`SUCCEEDED: ${machine}`),
    body: toBody([
      `The run of ${machine} for load ${detail.name} ${IN_WORDS.SUCCEEDED}: production shows the load.`,
      typeof stagedRows === 'string' ? `Staged rows: ${stagedRows}` : undefined,
      link,
    ]),
    attributes: { machine, status: detail.status },
  };
}

interface Failure {
  readonly error: string;
  readonly cause: string;
  readonly step: string | undefined;
}

/** A Lambda function's error arrives as JSON in the cause; its message names the step. */
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
