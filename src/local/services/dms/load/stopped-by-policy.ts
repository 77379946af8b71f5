/** A table that a policy of the task's settings does not let pass: the whole task stops, and fails. */
export class StoppedByPolicy extends Error {
  override readonly name = 'StoppedByPolicy';

  constructor(policy: string, cause: unknown) {
    super(`${policy} is STOP_TASK: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
