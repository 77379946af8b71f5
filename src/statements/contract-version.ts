import * as z from 'zod';

/** Version of what a compiled state machine sends to the functions. A run keeps that of the day it began. */
export const CONTRACT_VERSION = 1;

/** The oldest version that the functions still take: runs of the release before are alive, or are redriven. */
export const OLDEST_CONTRACT = 1;

/** Takes the versions from the oldest to the current one. */
export function contractVersions(oldest: number, current: number): z.ZodType<number> {
  const known = `these functions know the contracts ${oldest} to ${current}`;
  return z.int({ error: known }).min(oldest, known).max(current, known);
}

/** What a request of a state machine must have as its `contractVersion`. */
export const ContractVersionSchema = contractVersions(OLDEST_CONTRACT, CONTRACT_VERSION);
