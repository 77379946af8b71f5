/**
 * What kind of failure ended a statement, as far as its SQL error or the API's error tells.
 * - `conflict`: another transaction changed the same tables, or their definition; everything was rolled back
 * - `resource`: a limit that passes: memory, disk, S3, an abort that the system asked for; rolled back
 * - `unavailable`: no connection could be opened, the warehouse is starting, paused or full; nothing was run
 * - `throttled`: the API takes no more just now; nothing was run
 * - `login`: the login was refused, as while a secret is rotated; nothing was run
 * - `ambiguous`: the connection or a node was lost, the commit may have happened
 * - `lost`: the Data API does not know the statement any more
 * - `limit`: it exceeded a limit that somebody set: a query monitoring rule, a timeout
 * - `cancelled`: somebody cancelled it
 * - `permission`, `missing-object`: a person must act
 * - `other`: everything else, the procedure's own errors too
 */
export const FAILURE_CLASSES = [
  'conflict',
  'resource',
  'unavailable',
  'throttled',
  'login',
  'ambiguous',
  'lost',
  'limit',
  'cancelled',
  'permission',
  'missing-object',
  'other',
] as const;
export type FailureClass = (typeof FAILURE_CLASSES)[number];

/**
 * Retried by default: what is known to have been rolled back or not to have run, and what is not known, because the fence
 * applies a load once in any case.
 */
export const RETRIED_BY_DEFAULT: readonly FailureClass[] = [
  'conflict',
  'resource',
  'unavailable',
  'throttled',
  'login',
  'ambiguous',
  'lost',
];
