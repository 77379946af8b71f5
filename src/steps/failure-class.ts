/**
 * The kind of failure that ended a statement, as far as its SQL error or the API's error says.
 * - `conflict`: another transaction changed the same tables, or their definition; everything was rolled back
 * - `resource`: a temporary limit (memory, disk, S3, an abort that the system requested); rolled back
 * - `unavailable`: no connection could be opened, or the warehouse is starting, paused or full; nothing was run
 * - `throttled`: the API accepts no more calls for the moment; nothing was run
 * - `login`: the login was refused, for instance while a secret is rotated; nothing was run
 * - `ambiguous`: the connection or a node was lost; the commit may have happened
 * - `lost`: the Data API no longer knows the statement
 * - `limit`: it exceeded a limit that somebody set: a query monitoring rule, a timeout
 * - `cancelled`: somebody cancelled it
 * - `permission`, `missing-object`: a person must act
 * - `other`: everything else, also the procedure's own errors
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
 * The classes that are retried by default: those that were rolled back or not run, and those for which that is not
 * known, because the fence applies a load only once in any case.
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
