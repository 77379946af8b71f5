import { hash } from 'node:crypto';

/** The schema for the orchestrator's own tables and procedures in the warehouse. */
export const ELT_SCHEMA = 'elt';

/**
 * Name, without its schema, of the table in which a step records the loads that it has applied. Each step has its own
 * table, because LOCK is exclusive on a whole table, and parallel steps must not wait for each other. The readable
 * part is cut to fit 63 bytes; the hash keeps the names unique.
 */
export function fenceTableName(pipeline: string, step: string): string {
  const digest = hash('sha256', `${pipeline}/${step}`).slice(0, 12);
  return `fence_${step.toLowerCase().slice(0, 40)}_${digest}`;
}
