import type { StageParameters } from '../stage/stage-parameters.ts';
import { ownArn } from './cloudformation.ts';
import { allow, type PolicyStatement } from './policy.ts';

/** The cluster or workgroup that statements are submitted to. */
export function targetResource({ clusterIdentifier, workgroupArn }: StageParameters): unknown {
  return workgroupArn ?? ownArn('redshift', `cluster:${clusterIdentifier}`);
}

/**
 * What the Data API does with the caller's permissions to open a session: it reads the secret, or gets credentials.
 * https://docs.aws.amazon.com/redshift/latest/mgmt/data-api-iam.html
 */
export function sessionStatements(parameters: StageParameters): readonly PolicyStatement[] {
  const { clusterIdentifier, workgroupArn, database, secretArn, secretKmsKeyArn, dbUser } = parameters;
  if (secretArn !== undefined) {
    const key = secretKmsKeyArn === undefined ? [] : [allow(['kms:Decrypt'], secretKmsKeyArn)];
    return [allow(['secretsmanager:GetSecretValue'], secretArn), ...key];
  }
  if (workgroupArn !== undefined) return [allow(['redshift-serverless:GetCredentials'], workgroupArn)];
  const dbName = ownArn('redshift', `dbname:${clusterIdentifier}/${database}`);
  if (dbUser === undefined) return [allow(['redshift:GetClusterCredentialsWithIAM'], dbName)];
  const user = ownArn('redshift', `dbuser:${clusterIdentifier}/${dbUser}`);
  return [allow(['redshift:GetClusterCredentials'], [user, dbName])];
}
