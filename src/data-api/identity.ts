import { hash } from 'node:crypto';

/** What makes a submission the same one: a Lambda that died after submitting submits exactly this again. */
export interface SubmissionKey {
  readonly executionArn: string;
  readonly executionName: string;
  readonly step: string;
  /** From 1; moves on only when the last attempt's end is known. */
  readonly attempt: number;
}

/**
 * Idempotency token of a submission: the Data API answers the same statement id to the same token for 8 hours.
 * The redrive count is not in it: a redriven step must find what its first life has submitted.
 */
export function clientToken(key: SubmissionKey): string {
  return hash('sha256', `${key.executionArn}\n${key.step}\n${key.attempt}`);
}

/** Name under which ListStatements finds the submission; the slashes keep `run-1` from matching `run-10`. */
export function statementName(key: SubmissionKey): string {
  return `${key.executionName}/${key.step}/${key.attempt}`;
}
