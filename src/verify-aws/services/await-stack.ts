import { DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import type { Clock } from '../../clock.ts';
import { ServiceUnavailable } from '../../errors/errors.ts';
import type { AccountClients } from '../question.ts';

const PAUSE_MS = 3_000;
const LONGEST_MS = 300_000;

/**
 * Waits until CloudFormation has done with a stack. Undefined when the stack is gone.
 * @throws ServiceUnavailable when it takes more than five minutes
 */
export async function awaitStack(
  cloudFormation: AccountClients['cloudFormation'],
  clock: Clock,
  name: string,
  signal?: AbortSignal,
): Promise<Stack | undefined> {
  for (const since = clock.now(); clock.now() - since < LONGEST_MS; ) {
    const stack = await describeStack(cloudFormation, name);
    if (stack === undefined || !/_IN_PROGRESS$/.test(stack.StackStatus ?? '')) return stack;
    await clock.sleep(PAUSE_MS, signal);
  }
  throw new ServiceUnavailable(
    `CloudFormation still works at the stack ${name} after ${LONGEST_MS / 1_000} s`,
  );
}

/** A stack by its name; undefined where there is none. */
async function describeStack(
  cloudFormation: AccountClients['cloudFormation'],
  StackName: string,
): Promise<Stack | undefined> {
  try {
    const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
    return Stacks.find(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE');
  } catch (error) {
    if (/does not exist/.test((error as Error).message)) return undefined;
    throw error;
  }
}
