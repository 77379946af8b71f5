import type { Deadline } from '../definition/deadline/deadline.ts';
import { findDue } from '../definition/deadline/deadline-days.ts';
import type { Pipeline } from '../definition/pipeline.ts';
import type { StepFunctions } from '../executions/start-execution.ts';
import { composeMessage } from '../notifications/forms/compose-message.ts';
import type { StageNames } from '../notifications/repair-facts.ts';
import { nameTold, type Teller, tellOnce, wasTold } from '../notifications/tell-once.ts';
import { machineArnOf } from '../runs/start-pipeline.ts';
import { announceDigest } from './digest-message.ts';
import { type PipelineDay, readDay, spanOfDigest } from './read-day.ts';

export interface DigestContext extends Teller, StageNames {
  readonly sfn: StepFunctions;
  readonly pipelines: readonly Pipeline[];
  readonly stage: string;
  /** ARN of each DMS task, by the identifier that pipelines use. */
  readonly taskArns: Readonly<Record<string, string>>;
  /** When the digest of a day is sent; absent where each success is told by itself, or none. */
  readonly successDigest?: Deadline | undefined;
}

/**
 * Tells once what was published in the days whose digest came due within a time.
 * @returns the names under which digests were told now
 * @throws ServiceUnavailable, InvalidConfig
 */
export async function tellDigests(
  context: DigestContext,
  from: number,
  to: number,
): Promise<readonly string[]> {
  const { successDigest, sfn, stage, pipelines } = context;
  const machines = pipelines.map((pipeline) => machineArnOf(context, pipeline));
  const [anyMachine] = machines;
  if (successDigest === undefined || anyMachine === undefined) return [];
  const told: string[] = [];
  for (const { day } of findDue(successDigest, from, to).map((due) => due.day)) {
    const name = nameTold(stage, day, 'digest');
    if (await wasTold(context, anyMachine, name)) continue;
    const span = spanOfDigest(successDigest, day);
    const days: PipelineDay[] = [];
    for (const machine of machines) days.push(await readDay(sfn, machine, span));
    const facts = { stage, day, timezone: successDigest.timezone, span, pipelines: days };
    const message = composeMessage(announceDigest(facts, context));
    if (await tellOnce(context, anyMachine, name, message)) told.push(name);
  }
  return told;
}
