/** What members of AWS's JSON answers share. */

/** Timestamps of the JSON protocols: epoch seconds with a millisecond fraction. */
export function epochSeconds<T extends number | undefined>(milliseconds: T): T {
  return (milliseconds === undefined ? undefined : milliseconds / 1000) as T;
}

/** Leaves out members that have no value. */
export function withoutUndefined<T extends object>(
  members: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}
