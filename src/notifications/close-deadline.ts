import { stateMachineArnOfExecution } from '../arn.ts';
import type { Clock } from '../clock.ts';
import { dayOfLoad } from '../definition/deadline/deadline-days.ts';
import type { Pipeline } from '../definition/pipeline.ts';
import { loadStartOf } from '../loads/load-identity.ts';
import { describeLateness } from './deadline-message.ts';
import { composeMessage } from './forms/compose-message.ts';
import type { RunEndedEvent } from './outcome-event.ts';
import type { StageNames } from './repair-facts.ts';
import { pipelineOfExecution } from './run-figures.ts';
import { announceRunSuccess } from './run-message.ts';
import { nameTold, type Teller, tellOnce, wasTold } from './tell-once.ts';

/** The deadlines of a stage, and who tells of them. */
export interface DeadlinesOfStage extends Teller {
  readonly clock: Clock;
  readonly pipelines: readonly Pipeline[];
  readonly stage: string;
}

/**
 * Closes a deadline that was told of, if this run has published its load: once, and also where other successes are not told.
 * @returns the subject of the message; undefined if there is no deadline to close
 */
export async function closeDeadline(
  context: DeadlinesOfStage & StageNames,
  detail: RunEndedEvent['detail'],
): Promise<string | undefined> {
  const pipeline = pipelineOfExecution(context, detail.executionArn);
  const day = pipeline?.deadline && dayOfLoad(pipeline.deadline, loadStartOf(detail.name) ?? Number.NaN);
  if (detail.status !== 'SUCCEEDED' || pipeline?.deadline === undefined || day === undefined)
    return undefined;
  const lateness = describeLateness(pipeline.deadline, day, detail.stopDate ?? context.clock.now());
  const announcement = lateness && announceRunSuccess(detail, context, lateness);
  if (announcement === undefined) return undefined;
  const message = composeMessage(announcement);
  const ownArn = stateMachineArnOfExecution(detail.executionArn);
  const named = (told: 'deadline' | 'late') => nameTold(pipeline.name, day.day, told);
  if (!(await wasTold(context, ownArn, named('deadline')))) return undefined;
  // What is told at another time, for instance of a rerun, is an ordinary success.
  if (!(await tellOnce(context, ownArn, named('late'), message))) return undefined;
  return message.subject;
}
