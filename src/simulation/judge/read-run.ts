import type { RunInput } from '../../runs/run-input.ts';

const SUFFIX = /-r\d+$/;

/** An execution's input. */
export function readRun(input: string): RunInput {
  return JSON.parse(input) as RunInput;
}

/** The load that a rerun runs again: its id without `-rN`. */
export function baseLoadId(loadId: string): string {
  return loadId.replace(SUFFIX, '');
}

export function isRerun(loadId: string): boolean {
  return SUFFIX.test(loadId);
}
