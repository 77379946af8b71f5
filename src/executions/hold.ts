import { ListTagsForResourceCommand, TagResourceCommand, UntagResourceCommand } from '@aws-sdk/client-sfn';
import { askStepFunctions } from './ask-step-functions.ts';
import type { StepFunctions } from './start-execution.ts';

/**
 * A tag of the state machine holds a pipeline. It needs no database, the console shows it beside the executions, and
 * it is deleted together with the state machine.
 */
const HOLD_TAG = 'elt-hold';

/** Characters that a tag's value may have; others are replaced. */
const NOT_IN_TAGS = /[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu;
const MAX_TAG_LENGTH = 256;

/** Why a pipeline is held, or undefined when it is not. @throws ServiceUnavailable, InvalidConfig */
export async function readHold(sfn: StepFunctions, stateMachineArn: string): Promise<string | undefined> {
  const { tags = [] } = await askStepFunctions(`ListTagsForResource of ${stateMachineArn}`, () =>
    sfn.send(new ListTagsForResourceCommand({ resourceArn: stateMachineArn })),
  );
  return tags.find(({ key }) => key === HOLD_TAG)?.value;
}

/**
 * Holds a pipeline: until it is released, neither an event nor the sweep nor a person can start a run. Runs under way
 * go on.
 * @throws ServiceUnavailable, InvalidConfig
 */
export async function holdPipeline(
  sfn: StepFunctions,
  stateMachineArn: string,
  reason: string,
): Promise<void> {
  const value = reason.replaceAll(NOT_IN_TAGS, ' ').slice(0, MAX_TAG_LENGTH);
  await askStepFunctions(`TagResource of ${stateMachineArn}`, () =>
    sfn.send(new TagResourceCommand({ resourceArn: stateMachineArn, tags: [{ key: HOLD_TAG, value }] })),
  );
}

/** Ends a hold. @throws ServiceUnavailable, InvalidConfig */
export async function releasePipeline(sfn: StepFunctions, stateMachineArn: string): Promise<void> {
  await askStepFunctions(`UntagResource of ${stateMachineArn}`, () =>
    sfn.send(new UntagResourceCommand({ resourceArn: stateMachineArn, tagKeys: [HOLD_TAG] })),
  );
}
