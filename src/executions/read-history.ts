import { GetExecutionHistoryCommand, type HistoryEvent } from '@aws-sdk/client-sfn';
import { askStepFunctions } from './ask-step-functions.ts';
import type { StepFunctions } from './start-execution.ts';

/** Step Functions keeps 25,000 events of an execution, and gives 1,000 a page. */
const PAGE = 1_000;

/** Name of the error for an ARN that no execution has. */
export const NO_EXECUTION = 'ExecutionDoesNotExist';

/**
 * The whole history of an execution, from its first event, with inputs and outputs.
 * @throws ServiceUnavailable when Step Functions does not answer; InvalidConfig when it refuses; an error that is called as
 * {@link NO_EXECUTION} says
 */
export async function readHistory(
  sfn: StepFunctions,
  executionArn: string,
): Promise<readonly HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = {
      executionArn,
      includeExecutionData: true,
      maxResults: PAGE,
      ...(nextToken && { nextToken }),
    };
    const answer = await askStepFunctions(
      `GetExecutionHistory of ${executionArn}`,
      () => sfn.send(new GetExecutionHistoryCommand(page)),
      [NO_EXECUTION],
    );
    events.push(...(answer.events ?? []));
    nextToken = answer.nextToken;
  } while (nextToken !== undefined);
  return events;
}
