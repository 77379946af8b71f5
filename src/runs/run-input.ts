import type { Target } from '../data-api/target.ts';
import type { Load } from '../loads/load-identity.ts';
import { CONTRACT_VERSION } from '../statements/contract-version.ts';

/** Why a run was started: for the one who reads the execution. */
export interface RunTrigger {
  /** Id of the Lambda invocation that started it; a retry of the invocation has the same. */
  readonly requestId: string;
  readonly reason: string;
}

/** Input of an execution: what its states hand on from one to the next. */
export interface RunInput {
  readonly contractVersion: number;
  readonly pipeline: string;
  readonly load: Load;
  readonly target: Target;
  readonly trigger: RunTrigger;
  /** Records of the steps that are done, by step name; empty at the start. */
  readonly steps: Readonly<Record<string, never>>;
}

export function createRunInput(input: Pick<RunInput, 'pipeline' | 'load' | 'target' | 'trigger'>): RunInput {
  return { contractVersion: CONTRACT_VERSION, ...input, steps: {} };
}
