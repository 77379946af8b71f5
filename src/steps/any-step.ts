import * as z from 'zod';
import { StepNameSchema } from '../names/names.ts';
import { FAILURE_CLASSES, type FailureClass, RETRIED_BY_DEFAULT } from './failure-class.ts';

/** What a user may say of a step of any kind. */
export interface AnyStepDefinition<StepName extends string> {
  /** Steps that must have ended before this one starts. Their names are checked by the compiler. */
  readonly after?: readonly StepName[];
  /** Seconds the statement may run before it is cancelled. @default 21600 @minimum 1 @maximum 86400 */
  readonly timeoutSeconds?: number;
  /** Which failures are tried again, and how often. */
  readonly retry?: {
    /** Submissions in all, until the run fails; a redrive begins anew. @default 4 @minimum 1 @maximum 20 */
    readonly attempts?: number;
    /** @default conflict, resource, unavailable, throttled, login (once more), ambiguous and lost; none with `commits` */
    readonly on?: readonly FailureClass[];
  };
}

/** What is known of a step of any kind once it is validated. */
export interface AnyStep {
  readonly name: string;
  /** Staged tables that steps behind it empty: once they are, this step is done. */
  readonly consumedBehind: readonly string[];
  readonly after: readonly string[];
  readonly timeoutSeconds: number;
  readonly retry: { readonly attempts: number; readonly on: readonly FailureClass[] };
}

/** Six hours: longer than a sane nightly step, shorter than Redshift's own 24. */
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

/** A retry policy with the classes that are meant where none are named. */
export function completeRetry(
  { attempts, on }: { readonly attempts: number; readonly on?: readonly FailureClass[] | undefined },
  byDefault: readonly FailureClass[] = RETRIED_BY_DEFAULT,
): AnyStep['retry'] {
  return { attempts, on: on ?? byDefault };
}

/** What a step submits: its SQL, and the values of the placeholders as they stand in a state's arguments. */
export interface StepStatements {
  readonly sqls: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
}
