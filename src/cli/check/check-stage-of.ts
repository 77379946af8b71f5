import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DatabaseMigrationServiceClient } from '@aws-sdk/client-database-migration-service';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { RedshiftServerlessClient } from '@aws-sdk/client-redshift-serverless';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { systemClock } from '../../clock.ts';
import type { Pipeline } from '../../definition/pipeline.ts';
import { readDmsLogin } from '../../preflight/dms/check-dms.ts';
import { type Finding, sortFindings } from '../../preflight/finding.ts';
import { preflight } from '../../preflight/preflight.ts';
import { checkStage } from '../../preflight/stage/check-stage.ts';
import { askStage } from '../stage/ask-stage.ts';
import { clientConfigOf } from '../stage/stage-clients.ts';
import { type CheckFlags, type CheckSettings, readCheckSettings } from './check-settings.ts';
import { preflightSources } from './preflight-sources.ts';

/** What was found in a stage, and what was not looked at. */
export interface CheckedStage {
  readonly title: string;
  readonly findings: readonly Finding[];
  /** What this stage cannot have, a line each. */
  readonly skipped: readonly string[];
}

const NOT_LOCAL =
  '– not looked at: alarms, subscriptions, concurrency, the log of the sweep, endpoints, engine versions, assessments and tasks of others, which the local AWS does not have';

/** Checks a stage for some of its pipelines. @throws InvalidConfig, InvalidParameter where it is not known what to look at */
export async function checkStageOf(
  flags: CheckFlags,
  chosen: readonly Pipeline[],
  all: readonly Pipeline[],
): Promise<CheckedStage> {
  const settings = await readCheckSettings(flags, all);
  const clients = createMoreClients(settings);
  try {
    const findings = await askStage(settings.place, async ({ api, sfn }) => {
      const { dms, events, sqs, ...onlyAws } = clients;
      const { stage, isLocal, users, migrate, target, ownerTarget, runsAsSession } = settings;
      const asked = { pipelines: chosen, dms, taskArns: stage.taskArns };
      const dmsLogin = isLocal ? undefined : await readDmsLogin(asked);
      const sources = preflightSources({
        ...{ pipelines: chosen, allPipelines: all, api, dms, users, migrate, target, ownerTarget },
        ...{ taskArns: stage.taskArns, runsAsSession, dmsLogin, asksAround: !isLocal },
      });
      const pipelines = chosen.map(({ name }) => name);
      const told = isLocal ? {} : { told: { ...onlyAws, clock: systemClock } };
      return Promise.all([
        preflight(sources),
        checkStage({ stage, pipelines, deploy: settings.deploy, sfn, events, sqs, ...told }),
      ]);
    });
    return {
      title: `stage ${settings.stage.stage}: ${chosen.map(({ name }) => name).join(', ')}`,
      findings: sortFindings(findings.flat()),
      skipped: settings.isLocal ? [NOT_LOCAL] : [],
    };
  } finally {
    for (const client of Object.values(clients)) client.destroy();
  }
}

function createMoreClients({ place }: CheckSettings) {
  const config = clientConfigOf(place);
  return {
    dms: new DatabaseMigrationServiceClient(config),
    events: new EventBridgeClient(config),
    sqs: new SQSClient(config),
    sns: new SNSClient(config),
    cloudWatch: new CloudWatchClient(config),
    lambda: new LambdaClient(config),
    logs: new CloudWatchLogsClient(config),
    serverless: new RedshiftServerlessClient(config),
  };
}
