import { describe, expect, it } from 'vitest';
import { CLUSTER_PARAMETERS, testStage } from '../../../fixtures/stage.ts';

const TASK = 'arn:aws:dms:eu-central-1:123456789012:task:A';

describe('a DMS task without an ARN', () => {
  const endpoints = {
    dmsReplicationInstanceArn: 'arn:aws:dms:eu-central-1:123456789012:rep:R',
    dmsSourceEndpointArn: 'arn:aws:dms:eu-central-1:123456789012:endpoint:S',
    dmsTargetEndpointArn: 'arn:aws:dms:eu-central-1:123456789012:endpoint:T',
  };
  const withoutTask = { ...CLUSTER_PARAMETERS, dmsTasks: {} };

  it('is refused by its name', () => {
    expect(() => testStage(withoutTask)).toThrow(
      'parameter dmsTasks: has no ARN for the DMS task "orders-task"',
    );
  });

  it('is created where instance and endpoints are given, with an ARN that is known before', () => {
    const { taskArns } = testStage({ ...withoutTask, ...endpoints });

    expect(taskArns).toEqual({
      'orders-task': 'arn:aws:dms:eu-central-1:123456789012:task:orders-task-test',
    });
  });

  it('is refused where an endpoint is missing', () => {
    const given = { ...withoutTask, ...endpoints, dmsTargetEndpointArn: 'none' };

    expect(() => testStage(given)).toThrow('parameter dmsTargetEndpointArn: is missing');
  });
});

describe('a DMS task that no pipeline has', () => {
  it('is refused: its name may be misspelt', () => {
    const dmsTasks = { ...CLUSTER_PARAMETERS.dmsTasks, 'order-task': TASK };

    expect(() => testStage({ ...CLUSTER_PARAMETERS, dmsTasks })).toThrow(
      'parameter dmsTasks: no pipeline uses the DMS task "order-task"; the pipelines use "orders-task"',
    );
  });
});
