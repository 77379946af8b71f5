import { hash } from 'node:crypto';

/** What identifies a submission. A Lambda that died after it submitted submits exactly this again. */
export interface SubmissionKey {
  readonly executionArn: string;
  readonly executionName: string;
  readonly step: string;
  /** Counts from 1. It increases only when the end of the last attempt is known. */
  readonly attempt: number;
}

/**
 * Idempotency token of a submission: for 8 hours, the Data API answers the same token with the same statement ID. The
 * redrive count is not part of it, because a redriven step must find what it submitted before the redrive.
 */
export function clientToken(key: SubmissionKey): string {
  return hash('sha256', `${key.executionArn}\n${key.step}\n${key.attempt}`);
}

/** Name under which ListStatements finds the submission; the slashes keep `run-1` from matching `run-10`. */
export function statementName(key: SubmissionKey): string {
  return `${key.executionName}/${key.step}/${key.attempt}`;
}
