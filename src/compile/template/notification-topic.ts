import type { Stage } from '../stage/stage.ts';
import { stageName } from '../stage/stage-names.ts';
import type { Resource, Resources } from './cloudformation.ts';

/** The stage's topic, or the one that the parameter names. */
export function topicArn({ parameters }: Pick<Stage, 'parameters'>): unknown {
  return parameters.notificationTopicArn ?? { Ref: 'NotificationTopic' };
}

/** For notify-outcome: a name, to which the event's Region and account belong, or an ARN. Plain text: `sls invoke local` resolves no Ref. */
export function topicName(stage: Stage): string {
  return stage.parameters.notificationTopicArn ?? stageName(stage, 'notifications');
}

/** The topic that people are told through, and who is told. A topic that is given is its owner's: nothing is created. */
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

/** A policy of one's own replaces the one that lets the account's alarms publish. Functions have their role for it. */
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
