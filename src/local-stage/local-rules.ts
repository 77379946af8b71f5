import {
  compileLoadFailedPattern,
  compileLoadFinishedPattern,
  compileRunEndedPattern,
  compileRunStoppedPattern,
  type EventPattern,
} from '../compile/template/event-rule.ts';
import type { EventFunction } from '../compile/template/function-names.ts';
import { cutPatterns, SWEEP_SCHEDULE } from '../compile/template/rules.ts';
import type { Pipeline } from '../definition/pipeline.ts';
import type { RuleSpec } from '../local/services/events/rules.ts';
import { queueArn } from '../local/services/sqs/queue-identity.ts';
import { DEAD_LETTER_QUEUE, type LocalTask, localMachineArn } from './local-stage.ts';

/** The rules of the local stage, with the deployed rules' patterns; of successes people are told, too. */
export function localRules(tasks: readonly LocalTask[], pipelines: readonly Pipeline[]): readonly RuleSpec[] {
  const taskArns = tasks.map(({ arn }) => arn);
  const machines = pipelines.map(({ name }) => localMachineArn(name));
  const runEnded = (arns: readonly unknown[]) => compileRunEndedPattern(arns, true);
  return [
    ...rules('load-finished', 'start-run', cutPatterns(taskArns, compileLoadFinishedPattern)),
    ...rules('load-failed', 'notify-outcome', cutPatterns(taskArns, compileLoadFailedPattern)),
    ...rules('run-stopped', 'stop-statements', cutPatterns(machines, compileRunStoppedPattern)),
    ...rules('run-ended', 'notify-outcome', cutPatterns(machines, runEnded)),
    { name: ruleName('sweep'), scheduleExpression: SWEEP_SCHEDULE, targets: [target('sweep-loads')] },
  ];
}

function rules(
  name: string,
  functionName: EventFunction,
  patterns: readonly EventPattern[],
): readonly RuleSpec[] {
  return patterns.map((eventPattern, index) => ({
    name: ruleName(index === 0 ? name : `${name}-${index + 1}`),
    eventPattern,
    targets: [target(functionName)],
  }));
}

function ruleName(name: string): string {
  return `redshift-elt-local-${name}`;
}

function target(functionName: EventFunction) {
  return { functionName, deadLetterQueueArn: queueArn(DEAD_LETTER_QUEUE) };
}
