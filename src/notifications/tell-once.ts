import { arnBeside, executionArnOf, parseArn } from '../arn.ts';
import { describeExecution } from '../executions/describe-execution.ts';
import { type StepFunctions, startExecution } from '../executions/start-execution.ts';
import type { Message } from './message.ts';
import { toPublishInput } from './publish.ts';

/** What is told once. */
export type Told = 'warning' | 'deadline' | 'late' | 'digest';

/** Who tells, and whom. */
export interface Teller {
  readonly sfn: StepFunctions;
  /** Name of the state machine that publishes. */
  readonly deadlineMachine: string;
  /** Name of a topic in the same Region and account, or the ARN of any topic. */
  readonly topic: string;
}

/** A topic given by name is in the partition, Region and account of what the message is about. */
export function arnOfTopic(topic: string, ownArn: string): string {
  return parseArn(topic) === undefined ? arnBeside(ownArn, 'sns', topic) : topic;
}

/**
 * Name of the execution that tells something. Step Functions takes a name once within 90 days, so this is what makes sure that a
 * thing is told once: no database is needed, and two invocations at one moment cannot both tell it.
 * Its 80 characters are enough: a pipeline's name has 60 at most.
 * @param day `2026-03-29`
 */
export function nameTold(pipeline: string, day: string, told: Told): string {
  return `${pipeline}-${day}-${told}`;
}

/** Whether something was told. @param ownArn ARN of a machine or task of the stage @throws ServiceUnavailable, InvalidConfig */
export async function wasTold(
  { sfn, deadlineMachine }: Teller,
  ownArn: string,
  name: string,
): Promise<boolean> {
  return (
    (await describeExecution(sfn, executionArnOf(machineArn(deadlineMachine, ownArn), name))) !== undefined
  );
}

/**
 * Tells something, unless it was told before.
 * @returns whether it is told now
 * @throws ServiceUnavailable, InvalidConfig
 */
export async function tellOnce(
  { sfn, deadlineMachine, topic }: Teller,
  ownArn: string,
  name: string,
  message: Message,
): Promise<boolean> {
  const input = toPublishInput(arnOfTopic(topic, ownArn), message);
  const { outcome } = await startExecution(sfn, machineArn(deadlineMachine, ownArn), name, input);
  return outcome === 'started';
}

function machineArn(name: string, ownArn: string): string {
  return arnBeside(ownArn, 'states', `stateMachine:${name}`);
}
