import type { Stage } from '../stage/stage.ts';
import { stageName } from '../stage/stage-names.ts';
import type { Resource, Resources } from './cloudformation.ts';

/** The stage's topic, or the one that the parameter names. */
export function topicArn({ parameters }: Pick<Stage, 'parameters'>): unknown {
  return parameters.notificationTopicArn ?? { Ref: 'NotificationTopic' };
}

/** Where alarms go: to the people who get messages, and to the pager where there is one. */
export function alarmTopics(stage: Pick<Stage, 'parameters'>): readonly unknown[] {
  const { alarmTopicArn } = stage.parameters;
  return [topicArn(stage), ...(alarmTopicArn === undefined ? [] : [alarmTopicArn])];
}

/**
 * For notify-outcome: a name, to which it adds the event's Region and account, or an ARN. It is plain text, because
 * `sls invoke local` resolves no Ref.
 */
export function topicName(stage: Stage): string {
  return stage.parameters.notificationTopicArn ?? stageName(stage, 'notifications');
}

/** The notification topic and its subscription. If the stage names an existing topic, nothing is created. */
export function compileNotificationTopic(stage: Stage): Resources {
  const { notificationTopicArn, notificationEmail } = stage.parameters;
  const topic = { Ref: 'NotificationTopic' };
  const subscription: Resources =
    notificationEmail === undefined
      ? {}
      : {
          NotificationSubscription: {
            Type: 'AWS::SNS::Subscription',
            Properties: { TopicArn: topicArn(stage), Protocol: 'email', Endpoint: notificationEmail },
          },
        };
  if (notificationTopicArn !== undefined) return subscription;
  return {
    NotificationTopic: {
      Type: 'AWS::SNS::Topic',
      Properties: { TopicName: stageName(stage, 'notifications') },
    },
    NotificationTopicPolicy: {
      Type: 'AWS::SNS::TopicPolicy',
      Properties: { Topics: [topic], PolicyDocument: alarmsMayPublish(topic) },
    },
    ...subscription,
  };
}

/**
 * The topic's own policy replaces the default one, which lets the account's alarms publish, so it must allow them.
 * Functions publish with their role.
 */
function alarmsMayPublish(topic: Resource): Resource {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: topic,
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      },
    ],
  };
}
