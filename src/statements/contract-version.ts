import * as z from 'zod';

/** Version of what a compiled state machine sends to the functions. A run keeps the version that it began with. */
export const CONTRACT_VERSION = 2;

/** The oldest version that the functions still accept: runs of the previous release may be alive, or be redriven. */
export const OLDEST_CONTRACT = 1;

/** Takes the versions from the oldest to the current one. */
export function contractVersions(oldest: number, current: number): z.ZodType<number> {
  const known = `these functions know the contracts ${oldest} to ${current}`;
  return z.int({ error: known }).min(oldest, known).max(current, known);
}

/** What a request of a state machine must have as its `contractVersion`. */
export const ContractVersionSchema = contractVersions(OLDEST_CONTRACT, CONTRACT_VERSION);
