import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import type { Clock } from '../clock.ts';
import { sweptHours } from '../definition/hours-without-load.ts';
import type { Pipeline } from '../definition/pipeline.ts';
import { ServiceUnavailable } from '../errors/errors.ts';
import { listExecutions } from '../executions/list-executions.ts';
import type { StepFunctions } from '../executions/start-execution.ts';
import { readCreationDate } from '../executions/state-machine-age.ts';
import { machineArnOf, type PipelineContext } from './start-pipeline.ts';

export interface OverdueAnswer {
  /** Pipelines whose hours without a load CloudWatch cannot count, and whether they have passed. */
  readonly watched: readonly { readonly pipeline: string; readonly isOverdue: boolean }[];
  /** Pipelines for which this could not be found out, and why. */
  readonly unknown: readonly { readonly pipeline: string; readonly reason: string }[];
}

const HOUR_MS = 3_600_000;

/**
 * Finds pipelines whose load is overdue. It looks only at those whose hours without a load are more than CloudWatch
 * can count.
 */
export async function watchHours(
  context: PipelineContext & { readonly clock: Clock; readonly pipelines: readonly Pipeline[] },
): Promise<OverdueAnswer> {
  const watched: { pipeline: string; isOverdue: boolean }[] = [];
  const unknown: { pipeline: string; reason: string }[] = [];
  for (const pipeline of context.pipelines) {
    const hours = sweptHours(pipeline);
    if (hours === undefined) continue;
    const since = context.clock.now() - hours * HOUR_MS;
    try {
      const isOverdue = await isNothingPublished(context.sfn, machineArnOf(context, pipeline), since);
      watched.push({ pipeline: pipeline.name, isOverdue });
    } catch (error) {
      unknown.push({ pipeline: pipeline.name, reason: String(error) });
    }
  }
  return { watched, unknown };
}

/**
 * Whether a state machine existed at a time and has published nothing since.
 * @param since epoch milliseconds
 * @throws ServiceUnavailable when Step Functions does not answer: the next sweep asks again
 */
async function isNothingPublished(sfn: StepFunctions, machine: string, since: number): Promise<boolean> {
  if ((await readCreationDate(sfn, machine)).getTime() > since) return false;
  // Superseded runs have succeeded, too.
  for await (const { arn } of listExecutions(sfn, machine, 'SUCCEEDED')) {
    const { isPublished, endedAt } = await describeEnd(sfn, arn);
    if (isPublished) return endedAt < since;
  }
  return true;
}

async function describeEnd(sfn: StepFunctions, executionArn: string) {
  try {
    const { output, stopDate } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    return {
      isPublished: JSON.parse(output ?? '{}').outcome === 'published',
      endedAt: stopDate?.getTime() ?? 0,
    };
  } catch (error) {
    throw new ServiceUnavailable(`Step Functions did not say how ${executionArn} ended: ${String(error)}`, {
      cause: error,
    });
  }
}
