import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { RedshiftServerlessClient } from '@aws-sdk/client-redshift-serverless';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { arnBeside } from '../../arn.ts';
import type { Clock } from '../../clock.ts';
import type { Stage } from '../../compile/stage/stage.ts';
import { stageName } from '../../compile/stage/stage-names.ts';
import type { Pipeline } from '../../definition/pipeline.ts';
import type { StepFunctions } from '../../executions/start-execution.ts';
import { type Finding, type Look, lookAt } from '../finding.ts';
import { judgeMachines } from './judge-machines.ts';
import { judgeRules } from './judge-rules.ts';
import { judgeAlarms, judgeQueues, judgeSubscriptions } from './judge-signals.ts';
import { judgeConcurrency, judgeStatementQuota, judgeWorkgroup } from './limits/judge-limits.ts';
import { readLambdaLimits, readWorkgroupLimits } from './limits/read-limits.ts';
import { judgeSweepLog, readSweepLog } from './limits/sweep-log.ts';
import { readAlarms, readMachines, readQueues, readRules, readSubscriptions } from './read-stage.ts';

/** What a stage is looked at with. */
export interface StageSources {
  /** Of this tree, with all its pipelines. */
  readonly stage: Stage;
  /** Names of the pipelines that are looked at. */
  readonly pipelines: readonly string[];
  /** The command that deploys this tree. */
  readonly deploy: string;
  readonly sfn: StepFunctions;
  readonly events: Pick<EventBridgeClient, 'send'>;
  readonly sqs: Pick<SQSClient, 'send'>;
  /** What only AWS has; absent for the local AWS. */
  readonly told?: {
    readonly sns: Pick<SNSClient, 'send'>;
    readonly cloudWatch: Pick<CloudWatchClient, 'send'>;
    readonly lambda: Pick<LambdaClient, 'send'>;
    readonly logs: Pick<CloudWatchLogsClient, 'send'>;
    readonly serverless: Pick<RedshiftServerlessClient, 'send'>;
    readonly clock: Pick<Clock, 'now'>;
  };
}

/** Looks at what is deployed, and at what it says of itself. */
export function checkStage(sources: StageSources): Promise<readonly Finding[]> {
  const { stage, pipelines, deploy, sfn, events, sqs, told } = sources;
  return lookAt('stage', [
    {
      what: 'the state machines',
      find: async () => judgeMachines(stage, await readMachines(sfn, stage, pipelines), deploy),
    },
    { what: 'the rules', find: async () => judgeRules(stage, await readRules(events, stage), deploy) },
    { what: 'the queues', find: async () => judgeQueues(await readQueues(sqs, stage), deploy) },
    {
      what: 'the quota of statements',
      find: async () => judgeStatementQuota(chosenOf(stage, pipelines)),
    },
    ...(told === undefined ? [] : [...looksAtTold(stage, told), ...looksAtLimits(stage, pipelines, told)]),
  ]);
}

function looksAtTold(stage: Stage, { sns, cloudWatch }: NonNullable<StageSources['told']>): readonly Look[] {
  const [anyTask = ''] = Object.values(stage.taskArns);
  const topic =
    stage.parameters.notificationTopicArn ?? arnBeside(anyTask, 'sns', stageName(stage, 'notifications'));
  return [
    {
      what: 'the subscriptions',
      find: async () => judgeSubscriptions(topic, await readSubscriptions(sns, topic)),
    },
    {
      what: 'the alarms',
      find: async () => judgeAlarms(await readAlarms(cloudWatch, stageName(stage, ''))),
    },
  ];
}

/** The functions that a machine invokes, or that start one. */
const INVOKED = ['start-run', 'take-turn', 'verify-load', 'start-statement', 'check-statement'];

function looksAtLimits(
  stage: Stage,
  pipelines: readonly string[],
  { lambda, logs, serverless, clock }: NonNullable<StageSources['told']>,
): readonly Look[] {
  const chosen = chosenOf(stage, pipelines);
  const nameOf = (name: string) => stageName(stage, name);
  const { workgroupName } = stage.parameters;
  const logGroup = `/aws/lambda/${nameOf('sweep-loads')}`;
  return [
    {
      what: 'the concurrency of the functions',
      find: async () =>
        judgeConcurrency(
          chosen,
          await readLambdaLimits(lambda, INVOKED.map(nameOf)),
          nameOf('check-statement'),
        ),
    },
    ...(workgroupName === undefined
      ? []
      : [
          {
            what: 'the limits of the workgroup',
            find: async () => judgeWorkgroup(chosen, await readWorkgroupLimits(serverless, workgroupName)),
          },
        ]),
    {
      what: 'the log of the sweep',
      find: async () => judgeSweepLog(await readSweepLog(logs, logGroup, clock.now()), clock.now()),
    },
  ];
}

function chosenOf({ pipelines }: Stage, names: readonly string[]): readonly Pipeline[] {
  return pipelines.filter(({ name }) => names.includes(name));
}
