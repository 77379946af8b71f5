import { describe, expect, it } from 'vitest';
import { WEEKDAYS } from '../../../src/definition/deadline/deadline.ts';
import { nameTold } from '../../../src/notifications/tell-once.ts';
import { orders } from '../../fixtures/pipeline.ts';
import { CLUSTER_PARAMETERS, testStage } from '../../fixtures/stage.ts';
import { createFakeAccount } from '../../fixtures/verify-aws/fake-account.ts';
import { settleIn } from '../../fixtures/verify-aws/fake-world.ts';

describe('messages', () => {
  const settleName = (other: Parameters<typeof createFakeAccount>[0] = {}) =>
    settleIn('name-used-once', { account: createFakeAccount(other) });
  const deadline = { at: '06:30', timezone: 'UTC', days: WEEKDAYS, loadHours: 12 };
  const stage = testStage(CLUSTER_PARAMETERS, [{ ...orders, deadline }]);
  const NAME = nameTold(orders.name, '2026-11-24', 'deadline');
  const execution = (startDate: string, status = 'SUCCEEDED', name = NAME) => ({
    executionArn: 'arn:aws:states:eu-central-1:123456789012:execution:elt-test-deadlines:told',
    ...{ name, startDate: new Date(startDate), status },
  });
  const settleTold = (id: string, executions: readonly object[], output?: string) => {
    const other = {
      ListExecutions: () => ({ executions }),
      DescribeExecution: () => ({ status: 'SUCCEEDED', output }),
    };
    return settleIn(id, { stage, account: createFakeAccount(other) });
  };

  it('have a name that is used once, or twice', async () => {
    expect(await settleName()).toMatchObject({
      verdict: 'yes',
      evidence: expect.stringContaining('had ended, and its name was refused'),
    });
    expect(await settleName({ StartExecution: () => ({}) })).toMatchObject({
      verdict: 'no',
    });
  });

  it('stay open while the execution does not end, or where no machine is deployed', async () => {
    const running = { DescribeExecution: () => ({ status: 'RUNNING' }) };
    const none = { ListStateMachines: () => ({ stateMachines: [] }) };

    expect(await settleName(running)).toMatchObject({ verdict: 'open' });
    expect(await settleName(none)).toMatchObject({ verdict: 'open' });
  });

  it('were published in all their forms, or not', async () => {
    const id = 'message-structure-published';

    expect(await settleTold(id, [execution('2026-11-24T06:30:20Z')], '{"MessageId":"m-1"}')).toMatchObject({
      verdict: 'yes',
      evidence: expect.stringContaining('published message m-1'),
    });
    expect(await settleTold(id, [execution('2026-11-24T06:30:20Z', 'FAILED')])).toMatchObject({
      ...{ verdict: 'no', evidence: expect.stringContaining('ended FAILED') },
    });
    expect(await settleTold(id, [])).toMatchObject({ verdict: 'open' });
  });

  it('came within the minute of their deadline, or later', async () => {
    const id = 'deadline-within-its-minute';
    const closing = nameTold(orders.name, '2026-11-24', 'late');

    expect(await settleTold(id, [execution('2026-11-24T06:30:20Z')])).toMatchObject({
      ...{ verdict: 'yes', evidence: `${NAME} began 20 s after its deadline` },
    });
    expect(await settleTold(id, [execution('2026-11-24T06:31:20Z')])).toMatchObject({ verdict: 'no' });
    expect(await settleTold(id, [execution('2026-11-24T06:30:20Z', 'SUCCEEDED', closing)])).toMatchObject({
      verdict: 'open',
    });
  });
});
