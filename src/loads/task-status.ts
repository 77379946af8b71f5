/**
 * What a task's status says about its load.
 * - `ended`: the stop reason says how
 * - `loading`: a load is under way
 * - `hidden`: the task is being changed, or was changed and not started since; DMS does not show its load
 */
type StatusMeaning = 'ended' | 'loading' | 'hidden';

/** Every status that DMS documents. https://docs.aws.amazon.com/dms/latest/APIReference/API_ReplicationTask.html */
export const STATUSES: Readonly<Record<string, StatusMeaning>> = {
  stopped: 'ended',
  failed: 'ended',
  starting: 'loading',
  running: 'loading',
  stopping: 'loading',
  creating: 'hidden',
  deleting: 'hidden',
  modifying: 'hidden',
  moving: 'hidden',
  'failed-move': 'hidden',
  // An assessment of the task, before it is started.
  testing: 'hidden',
  // New, or modified: its statistics are zero then.
  ready: 'hidden',
};

/** What a status means. An unknown status counts as a load under way, so DMS is asked again. */
export function readStatus(status: string | undefined): StatusMeaning {
  return STATUSES[status ?? ''] ?? 'loading';
}
