import { deadlineMinutes } from '../../definition/deadline/deadline-minutes.ts';
import { partitionOf } from '../stage/partition.ts';
import type { Stage } from '../stage/stage.ts';
import { stageName } from '../stage/stage-names.ts';
import { getArn, ownArn, type Resource, type Resources } from './cloudformation.ts';
import { topicArn } from './notification-topic.ts';
import { allow, compileRole } from './policy.ts';

/** Logical id of the machine that tells about deadlines. It is no pipeline's. */
export const DEADLINE_MACHINE = 'DeadlineMachine';

/** Whether a pipeline of the stage has a deadline. */
export function hasDeadlines({ pipelines }: Pick<Stage, 'pipelines'>): boolean {
  return pipelines.some(({ deadline }) => deadline !== undefined);
}

/** Whether something is told at a time of the day. Otherwise nothing is deployed for that. */
export function tellsOnTime(stage: Stage): boolean {
  return hasDeadlines(stage) || stage.parameters.successDigest !== undefined;
}

/** Name of the state machine that sends messages about deadlines; empty where there are none. */
export function deadlineMachineName(stage: Stage): string {
  return tellsOnTime(stage) ? stageName(stage, 'deadlines') : '';
}

export function deadlineMachineArn(stage: Stage): Resource {
  return ownArn('states', `stateMachine:${deadlineMachineName(stage)}`);
}

/**
 * The schedules of warnings and deadlines, in UTC: one for each minute of an hour, with all hours at which it may be due. The
 * offset of a timezone changes, so a time of day has several hours; the function knows which of them counts on a day. EventBridge
 * Scheduler knows timezones, too, but it leaves a time out that does not exist on a day.
 */
export function deadlineSchedules({ pipelines, parameters }: Stage): readonly string[] {
  const times = [...pipelines.map(({ deadline }) => deadline), parameters.successDigest];
  const minutes = new Set(times.flatMap((time) => (time === undefined ? [] : deadlineMinutes(time))));
  const ofHour = Map.groupBy(
    [...minutes].toSorted((a, b) => a - b),
    (minute) => minute % 60,
  );
  return [...ofHour].map(
    ([minute, all]) => `cron(${minute} ${all.map((one) => Math.floor(one / 60)).join(',')} * * ? *)`,
  );
}

/**
 * The state machine that publishes messages about deadlines. Step Functions accepts the name of an execution once, so what is
 * told under a name is told once, however often the function comes to it.
 */
export function compileDeadlines(stage: Stage): Resources {
  if (!tellsOnTime(stage)) return {};
  return {
    [DEADLINE_MACHINE]: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        StateMachineName: deadlineMachineName(stage),
        StateMachineType: 'STANDARD',
        RoleArn: getArn('DeadlineMachineRole'),
        Definition: machineDefinition(stage),
      },
    },
    ...compileRole('DeadlineMachineRole', {
      service: 'states.amazonaws.com',
      description: `${stage.service} ${stage.stage}: messages about deadlines`,
      statements: [allow(['sns:Publish'], topicArn(stage))],
    }),
  };
}

/** A message that cannot be published is tried again for half an hour. */
function machineDefinition({ region }: Stage): Resource {
  return {
    Comment: 'Publishes a message about a deadline; its name makes sure that it is told once',
    QueryLanguage: 'JSONata',
    TimeoutSeconds: 3_600,
    StartAt: 'Publish_Message',
    States: {
      Publish_Message: {
        Type: 'Task',
        Resource: `arn:${partitionOf(region)}:states:::sns:publish`,
        Arguments: '{% $states.input %}',
        TimeoutSeconds: 60,
        Retry: [
          {
            ErrorEquals: ['States.ALL'],
            IntervalSeconds: 1,
            BackoffRate: 2,
            MaxDelaySeconds: 300,
            MaxAttempts: 12,
          },
        ],
        End: true,
      },
    },
  };
}
