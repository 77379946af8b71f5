/** Status that stands for "the Data API does not know it": it remembers a statement for 24 hours. */
export const LOST = 'LOST';

/** Statuses of a statement that has not ended. */
export const RUNNING_STATUSES: readonly string[] = ['SUBMITTED', 'PICKED', 'STARTED'];

export function isRunning(status: string): boolean {
  return RUNNING_STATUSES.includes(status);
}
