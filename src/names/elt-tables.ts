import { hash } from 'node:crypto';

/** The schema for the orchestrator's own tables and procedures in the warehouse. */
export const ELT_SCHEMA = 'elt';

/** Table in which migrate notes the columns of staged tables. */
export const STAGED_COLUMNS = 'staged_columns';

/** Table in which Confirm_Load records each run that has published its load. */
export const RUNS = 'runs';

/**
 * Name, without its schema, of the table in which a step records the loads that it has applied. Each step has its own
 * table, because LOCK is exclusive on a whole table, and parallel steps must not wait for each other. The readable
 * part is cut to fit 63 bytes; the hash keeps the names unique.
 */
export function fenceTableName(pipeline: string, step: string): string {
  return stepTableName('fence', pipeline, step);
}

/**
 * Name, without its schema, of the table that keeps what the audits of a step have found, load by load. One table a step for the
 * same reason.
 */
export function auditTableName(pipeline: string, step: string): string {
  return stepTableName('audit', pipeline, step);
}

function stepTableName(kind: 'fence' | 'audit', pipeline: string, step: string): string {
  const digest = hash('sha256', `${pipeline}/${step}`).slice(0, 12);
  return `${kind}_${step.toLowerCase().slice(0, 40)}_${digest}`;
}
