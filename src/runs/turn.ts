import { arnName } from '../arn.ts';
import type { ListedExecution } from '../executions/list-executions.ts';

type InLine = Pick<ListedExecution, 'arn' | 'name' | 'since'>;

/**
 * The run before which another must wait, or undefined when it is first. Runs go in the order in which their present
 * lives began, names break ties; a redriven run stands behind those that were running when it came back, so that it
 * never enters beside one that is under way.
 */
export function runAhead(running: readonly InLine[], executionArn: string, since: Date): InLine | undefined {
  const name = arnName(executionArn);
  return running
    .filter((other) => other.arn !== executionArn)
    .filter(
      (other) => other.since < since || (other.since.getTime() === since.getTime() && other.name < name),
    )
    .toSorted((a, b) => a.since.getTime() - b.since.getTime())[0];
}
