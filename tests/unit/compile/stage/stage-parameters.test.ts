import { describe, expect, it } from 'vitest';
import { readStageParameters } from '../../../../src/compile/stage/stage-parameters.ts';
import { CLUSTER_PARAMETERS } from '../../../fixtures/stage.ts';

const WORKGROUP = {
  workgroupName: 'elt',
  workgroupArn: 'arn:aws:redshift-serverless:eu-central-1:123456789012:workgroup/0b5d',
  database: 'dev',
};
const ON_WORKGROUP = { ...WORKGROUP, clusterIdentifier: 'none', dbUser: 'none' };
const TASK = 'arn:aws:dms:eu-central-1:123456789012:task:A';
const SECRET = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:elt-AbCdEf';
const KEY = 'arn:aws:kms:eu-central-1:123456789012:key/1234';

const refusal = (given: Record<string, unknown>) => {
  try {
    readStageParameters({ ...CLUSTER_PARAMETERS, ...given });
  } catch (error) {
    return (error as Error).message;
  }
  return undefined;
};

describe('the parameters of a stage', () => {
  it('have defaults for all but target and tasks', () => {
    expect(readStageParameters(CLUSTER_PARAMETERS)).toMatchObject({
      logRetentionDays: 30,
      logExecutionData: true,
      notifySuccess: true,
      alarmFailedRuns: 1,
      alarmThrottles: 10,
      alarmHoursWithoutLoad: 26,
      detailedMetrics: false,
      sweepLookBackHours: 72,
    });
  });

  it('may come from the command line, where everything is text', () => {
    const given = {
      ...CLUSTER_PARAMETERS,
      dmsTasks: '{"orders-task":"arn:aws:dms:eu-central-1:123456789012:task:X"}',
      notifySuccess: 'false',
      logRetentionDays: '7',
      checkStatementConcurrency: '20',
    };

    expect(readStageParameters(given)).toMatchObject({
      dmsTasks: { 'orders-task': 'arn:aws:dms:eu-central-1:123456789012:task:X' },
      notifySuccess: false,
      logRetentionDays: 7,
      checkStatementConcurrency: 20,
    });
  });

  it('count as absent when they are empty or "none"', () => {
    const parameters = readStageParameters({
      ...CLUSTER_PARAMETERS,
      dbUser: 'none',
      secretArn: SECRET,
      notificationEmail: '',
    });

    expect(parameters).toHaveProperty('secretArn', SECRET);
    expect(parameters).not.toHaveProperty('dbUser');
    expect(parameters).not.toHaveProperty('notificationEmail');
  });

  it.each([
    [{ database: 'none' }, 'parameter database: is missing'],
    [{ clusterIdentifier: 'none' }, 'parameter clusterIdentifier: is missing'],
    [{ clusterIdentifier: 'My_Cluster' }, 'parameter clusterIdentifier: must be a cluster identifier'],
    [{ workgroupName: 'elt' }, 'parameter workgroupName: cannot be set together with clusterIdentifier'],
    [
      { workgroupArn: WORKGROUP.workgroupArn },
      'parameter workgroupArn: cannot be set together with clusterIdentifier',
    ],
    [
      { clusterIdentifier: 'none', dbUser: 'none', workgroupName: 'elt' },
      'parameter workgroupArn: is missing',
    ],
    [{ clusterIdentifier: 'none', ...WORKGROUP }, 'parameter dbUser: cannot be set for a workgroup'],
    [
      { clusterIdentifier: 'none', dbUser: 'none', ...WORKGROUP, workgroupArn: 'x' },
      'parameter workgroupArn: must be',
    ],
    [{ secretArn: SECRET }, 'parameter dbUser: cannot be set together with secretArn'],
    [{ secretArn: 'my-secret', dbUser: 'none' }, 'parameter secretArn: must be the ARN'],
    [
      { secretArn: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:loader', dbUser: 'none' },
      'parameter secretArn: must be the ARN of a Secrets Manager secret, without wildcards, and with the hyphen and six characters',
    ],
    [{ secretKmsKeyArn: KEY }, 'parameter secretKmsKeyArn: has no effect without secretArn'],
    [{ dmsTasks: { a: 'b' } }, 'parameter dmsTasks.a: must be the ARN of a DMS replication task'],
    [
      { dmsTasks: { a: 'arn:aws:dms:eu-central-1:123456789012:replication-config:ABC' } },
      'parameter dmsTasks.a: is a DMS Serverless configuration, which is not supported',
    ],
    [{ dmsTasks: '{' }, 'parameter dmsTasks: must map'],
    [
      { slackChannelId: 'C0123ABCD' },
      'parameter slackWorkspaceId: is missing: a channel takes slackWorkspaceId, slackChannelId',
    ],
    [
      { slackWorkspaceId: 'T0123ABCD', slackChannelId: '#loads' },
      'parameter slackChannelId: must be the ID of a Slack channel, like C0123ABCD, and not its name',
    ],
    [
      { teamsTenantId: '01234567-89ab-cdef-0123-456789abcdef' },
      'parameter teamsTeamId: is missing: a channel takes teamsTenantId, teamsTeamId, teamsChannelId; parameter teamsChannelId: is missing: a channel takes teamsTenantId, teamsTeamId, teamsChannelId',
    ],
    [
      { alarmTopicArn: 'pager' },
      'parameter alarmTopicArn: must be the ARN of an SNS topic, without wildcards',
    ],
    [{ notificationEmail: 'nobody' }, 'parameter notificationEmail: must be an e-mail address'],
    [{ notificationTopicArn: 'topic' }, 'parameter notificationTopicArn: must be the ARN of an SNS topic'],
    [
      { successDigest: '7 o’clock' },
      'parameter successDigest: must be a time and the IANA name of its timezone, like 07:00 Europe/Berlin',
    ],
    [{ notifySuccess: 'perhaps' }, 'parameter notifySuccess: must be true or false'],
    [{ logRetentionDays: 8 }, 'parameter logRetentionDays: must be one of 1, 3'],
    [{ alarmHoursWithoutLoad: 2_041 }, 'parameter alarmHoursWithoutLoad: must be at most 2040'],
    [{ alarmThrottles: 'many' }, 'parameter alarmThrottles: must be a whole number'],
    [{ alarmThrottles: true }, 'parameter alarmThrottles: must be a whole number'],
    [{ alarmThrottles: '0x10' }, 'parameter alarmThrottles: must be a whole number'],
    [{ alarmThrottles: 1.5 }, 'parameter alarmThrottles: must be a whole number'],
    [{ logRetentionDays: [30] }, 'parameter logRetentionDays: must be one of 1, 3'],
    [{ logRetentionDays: 'x' }, 'parameter logRetentionDays: must be one of 1, 3'],
    [{ checkStatementConcurrency: 0 }, 'parameter checkStatementConcurrency: must be at least 1'],
    [{ sweepFrom: 'yesterday' }, 'parameter sweepFrom: must be a time'],
  ])('are refused in one line that names the parameter: %o', (given, message) => {
    expect(refusal(given)).toMatch(new RegExp(`^${message}[^\\n]*$`));
  });

  it.each([
    [{ dbUser: 'a*' }, 'dbUser: must be a database user'],
    [{ dbUser: 'two words' }, 'dbUser: must be a database user'],
    [{ dbUser: 'a/b' }, 'dbUser: must be a database user'],
    [{ database: 'a?' }, 'database: must be the name of a database'],
    [{ database: 'my db' }, 'database: must be the name of a database'],
    [{ dbUser: 'none', secretArn: SECRET.replace('elt-AbCdEf', '*') }, 'secretArn: must be the ARN of a'],
    [{ dbUser: 'none', secretArn: SECRET, secretKmsKeyArn: `${KEY}*` }, 'secretKmsKeyArn: must be the ARN'],
    [{ ...ON_WORKGROUP, workgroupArn: WORKGROUP.workgroupArn.replace('0b5d', '*') }, 'workgroupArn: must'],
    [{ dmsTasks: { a: `${TASK}*` } }, 'dmsTasks.a: must be the ARN of a DMS replication task'],
    [{ dmsTasks: { a: `${TASK} B` } }, 'dmsTasks.a: must be the ARN of a DMS replication task'],
    [
      { dmsReplicationInstanceArn: 'arn:aws:dms:eu-central-1:123456789012:rep:*' },
      'dmsReplicationInstanceArn',
    ],
    [{ dmsSourceEndpointArn: 'arn:aws:dms:eu-central-1:123456789012:endpoint:?' }, 'dmsSourceEndpointArn'],
    [{ notificationTopicArn: 'arn:aws:sns:eu-central-1:123456789012:*' }, 'notificationTopicArn: must be'],
  ])('are refused where a role would allow more than one thing, or nothing: %o', (given, message) => {
    expect(refusal(given)).toContain(`parameter ${message}`);
  });

  it.each([
    { database: 'mart_1', dbUser: 'elt.loader@example-1' },
    { dbUser: 'none', secretArn: SECRET.replace('elt-AbCdEf', 'redshift!mart/elt_1-AbCdEf') },
    { dbUser: 'none', secretArn: SECRET, secretKmsKeyArn: KEY.replace('key/1234', 'key/mrk-12ab') },
    ON_WORKGROUP,
  ])('may be what AWS makes: %o', (given) => {
    expect(refusal(given)).toBeUndefined();
  });

  it('are refused as what they are where YAML reads a number', () => {
    expect(refusal({ database: 5 })).toBe('parameter database: must be a text: put it into quotes');
    expect(refusal({ clusterIdentifier: 5 })).toBe(
      'parameter clusterIdentifier: must be a text: put it into quotes',
    );
  });

  it('are all named where the target is missing altogether', () => {
    expect(refusal({ clusterIdentifier: 'none', database: 'none', dbUser: 'none' })).toMatch(
      /^parameter database: is missing: [^;]*; parameter clusterIdentifier: is missing: [^;]*$/,
    );
  });

  it('are all named where several are wrong', () => {
    const said = refusal({ notifySuccess: 'x', alarmThrottles: 0 });

    expect(said).toMatch(/parameter notifySuccess: .*; parameter alarmThrottles: /);
  });
});
