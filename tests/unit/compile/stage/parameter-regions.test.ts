import { describe, expect, it } from 'vitest';
import { ORDERS_TASK_ARN, orders } from '../../../fixtures/pipeline.ts';
import { CLUSTER_PARAMETERS, testStage } from '../../../fixtures/stage.ts';

const SECRET = 'arn:aws:secretsmanager:us-west-2:123456789012:secret:elt-AbCdEf';
const inOregon = (dms: string) => `arn:aws:dms:us-west-2:123456789012:${dms}`;
const created = {
  dmsTasks: {},
  dmsReplicationInstanceArn: 'arn:aws:dms:eu-central-1:123456789012:rep:R',
  dmsSourceEndpointArn: 'arn:aws:dms:eu-central-1:123456789012:endpoint:S',
  dmsTargetEndpointArn: 'arn:aws:dms:eu-central-1:123456789012:endpoint:T',
};

describe('a parameter whose ARN is in another Region than the stage', () => {
  it.each([
    ['dmsTasks: the DMS task "orders-task"', { dmsTasks: { 'orders-task': inOregon('task:ORDERS') } }],
    [
      'dmsReplicationInstanceArn: what it names',
      { ...created, dmsReplicationInstanceArn: inOregon('rep:R') },
    ],
    ['dmsSourceEndpointArn: what it names', { ...created, dmsSourceEndpointArn: inOregon('endpoint:S') }],
    ['dmsTargetEndpointArn: what it names', { ...created, dmsTargetEndpointArn: inOregon('endpoint:T') }],
    ['secretArn: what it names', { dbUser: 'none', secretArn: SECRET }],
    [
      'workgroupArn: what it names',
      {
        clusterIdentifier: 'none',
        dbUser: 'none',
        workgroupName: 'elt',
        workgroupArn: 'arn:aws:redshift-serverless:us-west-2:123456789012:workgroup/0b5d',
      },
    ],
    [
      'notificationTopicArn: what it names',
      { notificationTopicArn: 'arn:aws:sns:us-west-2:123456789012:ours' },
    ],
  ])('is refused: %s', (what, given) => {
    expect(() => testStage({ ...CLUSTER_PARAMETERS, ...given })).toThrow(
      `parameter ${what} is in us-west-2, but the stage is in eu-central-1: pass --region us-west-2`,
    );
  });

  it('is let through where it is the sample’s, which is nowhere', () => {
    const sample = { 'orders-task': 'arn:aws:dms:us-west-2:000000000000:task:ORDERS' };

    expect(() => testStage({ ...CLUSTER_PARAMETERS, dmsTasks: sample })).not.toThrow();
  });
});

describe('a parameter', () => {
  it('is refused whose ARN is in another partition than the stage’s Region', () => {
    const dmsTasks = { 'orders-task': ORDERS_TASK_ARN.replace('arn:aws:', 'arn:aws-cn:') };

    expect(() => testStage({ ...CLUSTER_PARAMETERS, dmsTasks })).toThrow(
      'parameter dmsTasks: the DMS task "orders-task" is in partition aws-cn, but eu-central-1 is in aws',
    );
  });

  it('is refused whose ARN is in another account than the rest of the stage, unless that may be', () => {
    const elsewhere = {
      dmsSourceEndpointArn: created.dmsSourceEndpointArn.replace('123456789012', '999999999999'),
    };
    const topic = { notificationTopicArn: 'arn:aws:sns:eu-central-1:999999999999:ours' };
    const secret = {
      dbUser: 'none',
      secretArn: 'arn:aws:secretsmanager:eu-central-1:999999999999:secret:elt-AbCdEf',
      secretKmsKeyArn: 'arn:aws:kms:eu-central-1:888888888888:key/1234',
    };
    const workgroup = {
      clusterIdentifier: 'none',
      dbUser: 'none',
      workgroupName: 'elt',
      workgroupArn: 'arn:aws:redshift-serverless:eu-central-1:999999999999:workgroup/0b5d',
    };

    expect(() => testStage({ ...CLUSTER_PARAMETERS, ...created, ...elsewhere })).toThrow(
      'parameter dmsSourceEndpointArn: what it names is in account 999999999999, but other parameters name account 123456789012',
    );
    expect(() => testStage({ ...CLUSTER_PARAMETERS, ...workgroup })).toThrow(
      'parameter workgroupArn: what it names is in account 999999999999',
    );
    expect(() => testStage({ ...CLUSTER_PARAMETERS, ...topic, ...secret })).not.toThrow();
  });

  it('is refused where a stage’s name would put hyphens into the name of the task it creates that DMS refuses', () => {
    for (const stage of ['my--st', 'st-']) {
      expect(() => testStage({ ...CLUSTER_PARAMETERS, ...created }, [orders], stage)).toThrow(
        `stage "${stage}": the DMS task "orders-task-${stage}" that it creates may have single hyphens only, and not at its end`,
      );
    }
  });
});
