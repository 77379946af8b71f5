import { hash } from 'node:crypto';

/** Schema that holds what the orchestrator itself keeps in the warehouse. */
export const ELT_SCHEMA = 'elt';

/**
 * Name, without its schema, of the table in which a step records the loads it has applied. One table a step:
 * LOCK is exclusive on a whole table, and steps side by side must not wait for each other. The readable part is
 * cut to fit 63 bytes, the hash keeps names apart.
 */
export function fenceTableName(pipeline: string, step: string): string {
  const digest = hash('sha256', `${pipeline}/${step}`).slice(0, 12);
  return `fence_${step.toLowerCase().slice(0, 40)}_${digest}`;
}
