import { LOCAL_ACCOUNT, LOCAL_REGION, type OutgoingEvent } from '../../contracts.ts';
import type { StoredStatement } from './statement.ts';

const PRINCIPAL = `arn:aws:iam::${LOCAL_ACCOUNT}:user/local`;
const RETENTION_SECONDS = 24 * 60 * 60;

/**
 * The event of a statement that ended and was submitted WithEvent. It has no error text, as in AWS.
 * https://docs.aws.amazon.com/redshift/latest/mgmt/data-api-monitoring-events.html
 */
export function statementStatusEvent({ id, name, target, progress }: StoredStatement): OutgoingEvent {
  const arn =
    target.clusterIdentifier === undefined
      ? `arn:aws:redshift-serverless:${LOCAL_REGION}:${LOCAL_ACCOUNT}:${target.key}`
      : `arn:aws:redshift:${LOCAL_REGION}:${LOCAL_ACCOUNT}:cluster:${target.clusterIdentifier}`;
  return {
    source: 'aws.redshift-data',
    detailType: 'Redshift Data Statement Status Change',
    resources: [arn],
    detail: {
      principal: PRINCIPAL,
      statementName: name ?? '',
      statementId: id,
      redshiftQueryId: -1,
      state: progress.status,
      rows: progress.rows,
      expireAt: Math.floor(progress.updatedAt / 1000) + RETENTION_SECONDS,
    },
  };
}
