import { describe, expect, it } from 'vitest';
import { testStage } from '../../fixtures/stage.ts';
import { createFakeAccount, refusal } from '../../fixtures/verify-aws/fake-account.ts';
import { settleIn } from '../../fixtures/verify-aws/fake-world.ts';

const denied = () => {
  throw refusal('AccessDeniedException', 'User is not authorized to perform this');
};
const settleWith = (id: string, other: Parameters<typeof createFakeAccount>[0] = {}) =>
  settleIn(id, { account: createFakeAccount(other) });

describe('DMS', () => {
  it('has started a run by its event, whose text is told', async () => {
    expect(await settleWith('dms-event')).toEqual({
      verdict: 'yes',
      evidence:
        'run run-1 was started by an event. DMS shows: “Replication task has stopped. Stop Reason FULL_LOAD_ONLY_FINISHED”',
    });
  });

  it('has started none, and the text may be unreadable', async () => {
    const answer = await settleWith('dms-event', {
      DescribeExecution: () => ({ input: JSON.stringify({ trigger: { reason: 'sweep' } }) }),
      DescribeEvents: denied,
    });

    expect(answer).toMatchObject({
      verdict: 'open',
      evidence: expect.stringMatching(/not authorized.*start a load/),
    });
  });

  it('keeps the identifier of a task that the stage creates, or not', async () => {
    const arn = (resource: string) => `arn:aws:dms:eu-central-1:123456789012:${resource}`;
    const stage = testStage({
      ...{ clusterIdentifier: 'mart', database: 'dev', dbUser: 'runtime' },
      dmsReplicationInstanceArn: arn('rep:R'),
      dmsSourceEndpointArn: arn('endpoint:S'),
      dmsTargetEndpointArn: arn('endpoint:T'),
    });
    const settle = (resource: string) =>
      settleIn('task-identifier-kept', {
        stage,
        account: createFakeAccount({
          DescribeReplicationTasks: () => ({ ReplicationTasks: [{ ReplicationTaskArn: arn(resource) }] }),
        }),
      });

    expect(await settle('task:orders-task-test')).toMatchObject({ verdict: 'yes' });
    expect(await settle('task:ORDERS-TASK-TEST')).toMatchObject({ verdict: 'no' });
    expect(await settleWith('task-identifier-kept')).toMatchObject({ verdict: 'open' });
  });

  it.each([
    ['a user with the grants alone', ['no', 'no'], 'yes'],
    ['a superuser', ['yes', 'no'], 'open'],
    ['one who may create schemas', ['no', 'yes'], 'open'],
  ])('loads as %s', async (_title, facts, verdict) => {
    const script = [[/usesuper/, { rows: [facts as never[]] }]] as const;

    expect(await settleIn('dms-privileges', { script })).toMatchObject({ verdict });
  });

  it('says nothing about privileges without a load, or without a user', async () => {
    const never = { DescribeReplicationTasks: () => ({ ReplicationTasks: [] }) };
    const secret = { DescribeEndpoints: () => ({ Endpoints: [{}] }) };

    expect(await settleWith('dms-privileges', never)).toMatchObject({ verdict: 'open' });
    expect(await settleWith('dms-privileges', secret)).toMatchObject({ verdict: 'open' });
    expect(await settleWith('dms-privileges')).toMatchObject({ verdict: 'open' });
  });
});
