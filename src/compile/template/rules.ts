import { type Stage, statesArns } from '../stage/stage.ts';
import { tellsEachSuccess } from '../stage/stage-parameters.ts';
import { cutToFit, functionLogicalId, getArn, type Resource, type Resources } from './cloudformation.ts';
import { deadlineSchedules, hasDeadlines } from './deadlines.ts';
import {
  compileLoadFailedPattern,
  compileLoadFinishedPattern,
  compileRunEndedPattern,
  compileRunStoppedPattern,
  type EventPattern,
} from './event-rule.ts';
import type { EventFunction } from './function-names.ts';

/** Characters of an event pattern: the default quota. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const PATTERN_CHARACTERS = 2_048;

/** EventBridge's own maximum, written out: it retries for a day. */
const RETRY_POLICY = { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 };

interface RuleFamily {
  /** Beginning of logical ids and names. */
  readonly name: string;
  readonly description: string;
  readonly target: EventFunction;
  /** What starts each of its rules. */
  readonly triggers: readonly Trigger[];
}

type Trigger = { readonly EventPattern: EventPattern } | { readonly ScheduleExpression: string };

/** How often the sweep looks for loads that no event has reported. */
const SWEEP_SCHEDULE = 'rate(15 minutes)';

/** Patterns for a list of ARNs: as many as are needed to keep each within EventBridge's limit. */
function cutPatterns<Arn>(
  arns: readonly Arn[],
  compile: (arns: readonly Arn[]) => EventPattern,
): readonly EventPattern[] {
  return cutToFit(arns, PATTERN_CHARACTERS, compile).map(compile);
}

function eventPatterns<Arn>(
  arns: readonly Arn[],
  compile: (arns: readonly Arn[]) => EventPattern,
): readonly Trigger[] {
  return cutPatterns(arns, compile).map((EventPattern) => ({ EventPattern }));
}

/** Rules on the default bus that invoke functions for events of the pipelines' DMS tasks and runs. */
export function compileRules(stage: Stage): Resources {
  const tasks = Object.values(stage.taskArns);
  const machines = statesArns(stage, 'stateMachine');
  // A load that is published late closes its deadline.
  const tellsSuccess = tellsEachSuccess(stage.parameters) || hasDeadlines(stage);
  const families: readonly RuleFamily[] = [
    {
      name: 'LoadFinished',
      description: 'A DMS task of one of the pipelines has stopped',
      target: 'start-run',
      triggers: eventPatterns(tasks, compileLoadFinishedPattern),
    },
    {
      name: 'Sweep',
      description: 'Time to look for loads that no event told of',
      target: 'sweep-loads',
      triggers: [{ ScheduleExpression: SWEEP_SCHEDULE }],
    },
    {
      name: 'LoadFailed',
      description:
        'A DMS task of one of the pipelines has failed, or stopped for a reason that may be an error',
      target: 'notify-outcome',
      triggers: eventPatterns(tasks, compileLoadFailedPattern),
    },
    {
      name: 'RunStopped',
      description: 'An execution of one of the pipelines was stopped or has timed out',
      target: 'stop-statements',
      triggers: eventPatterns(machines, compileRunStoppedPattern),
    },
    {
      name: 'RunEnded',
      description: 'An execution of one of the pipelines has ended',
      target: 'notify-outcome',
      triggers: eventPatterns(machines, (arns) => compileRunEndedPattern(arns, tellsSuccess)),
    },
    {
      name: 'Deadline',
      description: 'A deadline, a warning before one, or the digest of a day may be due',
      target: 'notify-outcome',
      triggers: deadlineSchedules(stage).map((ScheduleExpression) => ({ ScheduleExpression })),
    },
  ];
  return Object.assign({}, ...families.map(compileFamily));
}

/** Logical ids of the rules among resources. */
export function ruleIds(resources: Resources): readonly string[] {
  return Object.entries(resources).flatMap(([id, { Type }]) => (Type === 'AWS::Events::Rule' ? [id] : []));
}

function compileFamily({ name, description, target, triggers }: RuleFamily): Resources {
  const rules = triggers.map((trigger, index) => {
    const suffix = index === 0 ? '' : String(index + 1);
    return {
      [`${name}Rule${suffix}`]: rule(description, trigger, target),
      [`${name}Permission${suffix}`]: permission(`${name}Rule${suffix}`, target),
    };
  });
  return Object.assign({}, ...rules);
}

function rule(description: string, trigger: Trigger, target: EventFunction): Resource {
  return {
    Type: 'AWS::Events::Rule',
    Properties: {
      Description: description,
      ...trigger,
      Targets: [
        {
          Id: target,
          Arn: getArn(functionLogicalId(target)),
          RetryPolicy: RETRY_POLICY,
          DeadLetterConfig: { Arn: getArn('DeadLetterQueue') },
        },
      ],
    },
  };
}

/** A function's policy has room for about 60 of these; a hundred pipelines need a dozen. */
function permission(ruleId: string, target: EventFunction): Resource {
  return {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: getArn(functionLogicalId(target)),
      Principal: 'events.amazonaws.com',
      SourceArn: getArn(ruleId),
    },
  };
}
