/**
 * What kind of failure ended a statement, as far as its SQL error or the API's error tells.
 * - `conflict`: another transaction changed the same tables; everything was rolled back
 * - `resource`: the workload manager's limit, memory or disk; rolled back
 * - `throttled`: the API or the warehouse takes no more just now; nothing was run
 * - `ambiguous`: the connection or a node was lost, the commit may have happened
 * - `lost`: the Data API does not know the statement any more
 * - `cancelled`: somebody cancelled it
 * - `permission`, `missing-object`: a person must act
 * - `other`: everything else, the procedure's own errors too
 */
export const FAILURE_CLASSES = [
  'conflict',
  'resource',
  'throttled',
  'ambiguous',
  'lost',
  'cancelled',
  'permission',
  'missing-object',
  'other',
] as const;
export type FailureClass = (typeof FAILURE_CLASSES)[number];

/**
 * Retried by default: what is known to have been rolled back, and what is not known, because the fence applies a load
 * once in any case.
 */
export const RETRIED_BY_DEFAULT: readonly FailureClass[] = [
  'conflict',
  'resource',
  'throttled',
  'ambiguous',
  'lost',
];
