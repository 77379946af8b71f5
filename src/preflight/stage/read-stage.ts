import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { type EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { DescribeStateMachineCommand } from '@aws-sdk/client-sfn';
import { ListSubscriptionsByTopicCommand, type SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, GetQueueUrlCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { parseArn } from '../../arn.ts';
import { awsErrorName } from '../../aws-errors/transient-error.ts';
import type { Stage } from '../../compile/stage/stage.ts';
import { machineName, stageName } from '../../compile/stage/stage-names.ts';
import { readHold } from '../../executions/hold.ts';
import { askAsPerson, listMachines } from '../../executions/list-machines.ts';
import type { StepFunctions } from '../../executions/start-execution.ts';
import type { ReadMachine } from './judge-machines.ts';
import type { ReadRule } from './judge-rules.ts';
import type { ReadAlarm, ReadQueue, ReadSubscription } from './judge-signals.ts';

/** The state machines of pipelines. @throws ServiceUnavailable, InvalidConfig */
export async function readMachines(
  sfn: StepFunctions,
  stage: Stage,
  pipelines: readonly string[],
): Promise<readonly ReadMachine[]> {
  const machines = await listMachines(sfn);
  return Promise.all(
    pipelines.map(async (pipeline): Promise<ReadMachine> => {
      const name = machineName(stage, pipeline);
      const stateMachineArn = machines.get(name);
      if (stateMachineArn === undefined) return { pipeline, name };
      const [{ definition = 'null' }, held] = await Promise.all([
        askAsPerson(`DescribeStateMachine of ${name}`, () =>
          sfn.send(new DescribeStateMachineCommand({ stateMachineArn })),
        ),
        readHold(sfn, stateMachineArn),
      ]);
      return { pipeline, name, definition: JSON.parse(definition), ...(held === undefined ? {} : { held }) };
    }),
  );
}

/** The rules whose names begin with that of the stack. */
export async function readRules(
  events: Pick<EventBridgeClient, 'send'>,
  stage: Stage,
): Promise<readonly ReadRule[]> {
  const rules: ReadRule[] = [];
  let NextToken: string | undefined;
  do {
    const command = new ListRulesCommand({ NamePrefix: `${stage.service}-${stage.stage}-`, NextToken });
    const { Rules = [], ...page } = await events.send(command);
    for (const { Name = '', State, EventPattern } of Rules)
      rules.push({
        ...{ name: Name, isEnabled: State !== 'DISABLED' },
        ...(EventPattern === undefined ? {} : { pattern: JSON.parse(EventPattern) }),
      });
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return rules;
}

/** Counts the messages of the stage's two queues, also of those that somebody is reading. */
export function readQueues(sqs: Pick<SQSClient, 'send'>, stage: Stage): Promise<readonly ReadQueue[]> {
  return Promise.all(['dead-letters', 'failures'].map((what) => readQueue(sqs, stageName(stage, what))));
}

const COUNTS = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;

async function readQueue(sqs: Pick<SQSClient, 'send'>, name: string): Promise<ReadQueue> {
  try {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: name }));
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...COUNTS] }),
    );
    return { name, messages: COUNTS.reduce((sum, count) => sum + Number(Attributes[count] ?? 0), 0) };
  } catch (error) {
    if (/NonExistentQueue|QueueDoesNotExist/.test(awsErrorName(error) ?? ''))
      return { name, messages: undefined };
    throw error;
  }
}

/** Who is subscribed to a topic. */
export async function readSubscriptions(
  sns: Pick<SNSClient, 'send'>,
  TopicArn: string,
): Promise<readonly ReadSubscription[]> {
  const found: ReadSubscription[] = [];
  let NextToken: string | undefined;
  do {
    const page = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn, NextToken }));
    for (const { Protocol = '', Endpoint = '', SubscriptionArn = '' } of page.Subscriptions ?? [])
      found.push({
        protocol: Protocol,
        endpoint: Endpoint,
        isConfirmed: parseArn(SubscriptionArn) !== undefined,
      });
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found;
}

/** Alarms whose names begin with that of the stage. */
export async function readAlarms(
  cloudWatch: Pick<CloudWatchClient, 'send'>,
  prefix: string,
): Promise<readonly ReadAlarm[]> {
  const alarms: ReadAlarm[] = [];
  let NextToken: string | undefined;
  do {
    const page = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNamePrefix: prefix, NextToken }));
    for (const { AlarmName = '', StateValue = '', StateReason = '' } of page.MetricAlarms ?? [])
      alarms.push({ name: AlarmName, state: StateValue, reason: StateReason });
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return alarms;
}
