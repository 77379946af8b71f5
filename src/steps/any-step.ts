import * as z from 'zod';
import { StepNameSchema } from '../names/names.ts';
import { FAILURE_CLASSES, type FailureClass, RETRIED_BY_DEFAULT } from './failure-class.ts';

/** What a user may write for a step of any kind. */
export interface AnyStepDefinition<StepName extends string> {
  /** Steps that must have ended before this one starts. The compiler checks their names. */
  readonly after?: readonly StepName[];
  /** Seconds the statement may run before it is cancelled. @default 21600 @minimum 1 @maximum 86400 */
  readonly timeoutSeconds?: number;
  /** Which failures are tried again, and how often. */
  readonly retry?: {
    /** Submissions in all until the run fails. A redrive starts counting again. @default 4 @minimum 1 @maximum 20 */
    readonly attempts?: number;
    /** @default conflict, resource, unavailable, throttled, login (once more), ambiguous and lost; none with `commits` */
    readonly on?: readonly FailureClass[];
  };
}

/** The validated fields of a step of any kind. */
export interface AnyStep {
  readonly name: string;
  /** Staged tables that later steps consume. Once they have done so, this step is done. */
  readonly consumedBehind: readonly string[];
  readonly after: readonly string[];
  readonly timeoutSeconds: number;
  readonly retry: { readonly attempts: number; readonly on: readonly FailureClass[] };
}

/** Six hours: longer than a nightly step should take, shorter than Redshift's own limit of 24. */
const DEFAULT_TIMEOUT_SECONDS = 21_600;
const DEFAULT_ATTEMPTS = 4;

/** The fields of {@link AnyStepDefinition}, for the schema of a kind. */
export const anyStepFields = {
  after: z.array(StepNameSchema).default([]),
  timeoutSeconds: z.int().min(1).max(86_400).default(DEFAULT_TIMEOUT_SECONDS),
  retry: z
    .strictObject({
      attempts: z.int().min(1).max(20).default(DEFAULT_ATTEMPTS),
      on: z.array(z.enum(FAILURE_CLASSES)).optional(),
    })
    .default({ attempts: DEFAULT_ATTEMPTS }),
};

/** Completes a retry policy with the default classes if none are named. */
export function completeRetry(
  { attempts, on }: { readonly attempts: number; readonly on?: readonly FailureClass[] | undefined },
  byDefault: readonly FailureClass[] = RETRIED_BY_DEFAULT,
): AnyStep['retry'] {
  return { attempts, on: on ?? byDefault };
}

/** What a step submits: its SQL, and the values of the placeholders as a state's arguments hold them. */
export interface StepStatements {
  readonly sqls: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
}
