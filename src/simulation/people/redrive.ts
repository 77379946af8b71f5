import type { World } from '../world.ts';

/** Redrives an execution; one that cannot be redriven (it runs, or has succeeded meanwhile) is left alone. */
export function redrive({ stepFunctions, log }: World, executionArn: string): void {
  try {
    stepFunctions.redrive(executionArn);
  } catch (error) {
    log(`${executionArn} cannot be redriven: ${(error as Error).message}`);
  }
}
