import { describe, expect, it } from 'vitest';
import { ownAccountArns } from '../../../src/compile/stage/parameter-regions.ts';
import { readStageParameters } from '../../../src/compile/stage/stage-parameters.ts';
import { createDeployGuard } from '../../../src/framework/deploy-guard.ts';
import { CLUSTER_PARAMETERS } from '../../fixtures/stage.ts';

const OWN = '123456789012';

const deploy = (stage: object) =>
  createDeployGuard({
    service: { custom: { stage } },
    getProvider: () => ({ getStage: () => 'dev', getAccountId: async () => OWN }),
    classes: { Error },
  }).hooks['before:deploy:deploy']();

const arnsOf = (given: object) => ownAccountArns(readStageParameters({ ...CLUSTER_PARAMETERS, ...given }));

describe('deploying', () => {
  it('is refused for a task that still has the sample’s ARN', async () => {
    await expect(deploy({ sampleTasks: ['orders-task'] })).rejects.toThrow(
      'parameter dmsTasks: "orders-task" still has the sample\'s ARN',
    );
  });

  it('goes ahead for tasks of one’s own', async () => {
    const ownAccountArns = arnsOf({ dmsTasks: { a: `arn:aws:dms:us-east-1:${OWN}:task:A` } });

    expect(ownAccountArns).toHaveLength(1);
    await expect(deploy({ sampleTasks: [], ownAccountArns })).resolves.toBeUndefined();
  });

  it.each([
    ['dmsTasks: the DMS task "a"', { dmsTasks: { a: 'arn:aws:dms:us-east-1:999999999999:task:A' } }],
    [
      'dmsReplicationInstanceArn: what it names',
      { dmsReplicationInstanceArn: 'arn:aws:dms:us-east-1:999999999999:rep:R' },
    ],
    [
      'workgroupArn: what it names',
      {
        clusterIdentifier: 'none',
        dbUser: 'none',
        workgroupName: 'elt',
        workgroupArn: 'arn:aws:redshift-serverless:us-east-1:999999999999:workgroup/0b5d',
      },
    ],
  ])('is refused for what is in another account: %s', async (what, given) => {
    await expect(deploy({ ownAccountArns: arnsOf({ dmsTasks: {}, ...given }) })).rejects.toThrow(
      `parameter ${what} is in account 999999999999, but these credentials deploy to ${OWN}. `,
    );
  });

  it('does not mind the account of a topic, a secret and its key', () => {
    const arns = arnsOf({
      dmsTasks: {},
      dbUser: 'none',
      secretArn: 'arn:aws:secretsmanager:us-east-1:999999999999:secret:elt-AbCdEf',
      secretKmsKeyArn: 'arn:aws:kms:us-east-1:999999999999:key/1234',
      notificationTopicArn: 'arn:aws:sns:us-east-1:999999999999:ours',
    });

    expect(arns).toEqual([]);
  });
});
