import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import * as z from 'zod';
import type { Target } from '../data-api/target.ts';
import { askStepFunctions } from '../executions/ask-step-functions.ts';
import { listExecutions } from '../executions/list-executions.ts';
import type { StepFunctions } from '../executions/start-execution.ts';
import type { Load } from '../loads/load-identity.ts';
import { CONTRACT_VERSION } from '../statements/contract-version.ts';

/** Why a run was started, for people who look at the execution. */
export interface RunTrigger {
  /** ID of the Lambda invocation that started it. A retry of the invocation has the same ID. */
  readonly requestId: string;
  readonly reason: string;
}

/** Input of an execution: what its states pass on to the next. */
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

/** What the reason of a run begins with that an event of DMS has started. */
export const EVENT_REASON = 'event ';

const TriggerSchema = z.object({ trigger: z.object({ reason: z.string() }) });

/** Why a run was started, from its input; undefined for what is no input of a run. */
export function readTrigger(input: string | undefined): string | undefined {
  return TriggerSchema.safeParse(JSON.parse(input ?? 'null')).data?.trigger.reason;
}

const RunInputSchema = z.object({
  load: z.object({ tasks: z.array(z.object({ arn: z.string(), startedAt: z.string() })) }),
});

/**
 * The start of each task's load in the run of a pipeline that was started last, by task ARN. Empty before the first
 * run.
 * @throws ServiceUnavailable, InvalidConfig
 */
export async function readLastRunLoads(
  sfn: StepFunctions,
  stateMachineArn: string,
): Promise<Readonly<Record<string, string>>> {
  for await (const { arn } of listExecutions(sfn, stateMachineArn)) {
    const { input } = await askStepFunctions(`DescribeExecution of ${arn}`, () =>
      sfn.send(new DescribeExecutionCommand({ executionArn: arn })),
    );
    const parsed = RunInputSchema.safeParse(JSON.parse(input ?? 'null'));
    if (parsed.success)
      return Object.fromEntries(parsed.data.load.tasks.map((task) => [task.arn, task.startedAt]));
  }
  return {};
}
