import { readFile } from 'node:fs/promises';
import { CONTRACT_VERSION, OLDEST_CONTRACT } from '../../src/statements/contract-version.ts';

export const GOLDEN_FOLDER = new URL('golden/', import.meta.url);

/** Versions of the contract that the functions take, the oldest first. */
export const CONTRACTS: readonly number[] = Array.from(
  { length: CONTRACT_VERSION - OLDEST_CONTRACT + 1 },
  (_, index) => OLDEST_CONTRACT + index,
);

export const goldenFile = (contract: number): string => `contract-${contract}.asl.json`;

/** The sample's machine as it was released last under a contract. */
export function readGolden(contract: number): Promise<string> {
  return readFile(new URL(goldenFile(contract), GOLDEN_FOLDER), 'utf8');
}
