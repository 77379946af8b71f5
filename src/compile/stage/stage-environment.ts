import { describeDigestTime } from '../../definition/deadline/digest-time.ts';
import type { StageVariables } from '../../stage-variables.ts';
import { deadlineMachineName } from '../template/deadlines.ts';
import { topicName } from '../template/notification-topic.ts';
import type { Stage } from './stage.ts';
import { tellsEachSuccess } from './stage-parameters.ts';

/** Environment of the functions. Plain texts only: `sls invoke local` resolves no reference. */
export function stageEnvironment(current: Stage): StageVariables {
  const { clusterIdentifier, workgroupName, database, secretArn, dbUser } = current.parameters;
  const { sweepFrom, sweepLookBackHours, alarmHoursWithoutLoad, detailedMetrics, successDigest } =
    current.parameters;
  return {
    STAGE: current.stage,
    REDSHIFT_CLUSTER_IDENTIFIER: clusterIdentifier ?? '',
    REDSHIFT_WORKGROUP_NAME: workgroupName ?? '',
    REDSHIFT_DATABASE: database,
    REDSHIFT_SECRET_ARN: secretArn ?? '',
    REDSHIFT_DB_USER: dbUser ?? '',
    SWEEP_FROM: sweepFrom ?? '',
    SWEEP_LOOK_BACK_HOURS: String(sweepLookBackHours),
    HOURS_WITHOUT_LOAD: String(alarmHoursWithoutLoad),
    DETAILED_METRICS: String(detailedMetrics),
    NOTIFICATION_TOPIC: topicName(current),
    NOTIFY_SUCCESS: String(tellsEachSuccess(current.parameters)),
    SUCCESS_DIGEST: successDigest === undefined ? '' : describeDigestTime(successDigest),
    DEADLINE_MACHINE: deadlineMachineName(current),
  };
}
