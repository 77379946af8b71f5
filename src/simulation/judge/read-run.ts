import type { RunInput } from '../../runs/run-input.ts';
import { readRunName } from '../../runs/run-name.ts';

/** An execution's input. */
export function readRun(input: string): RunInput {
  return JSON.parse(input) as RunInput;
}

/** The load that a rerun runs again: its id without `-rN`. */
export function baseLoadId(loadId: string): string {
  return readRunName(loadId).baseLoadId;
}

/** What may take effect once: a load, or a rerun of it, whichever run does it. */
export function effectId(loadId: string): string {
  return loadId.replace(/-c\d{1,3}$/, '');
}
