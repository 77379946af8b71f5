import { UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findLeftovers } from '../../../src/verify-aws/leftovers.ts';
import { removeThings } from '../../../src/verify-aws/scratch.ts';
import { isLeftover, scratchName, scratchSchema } from '../../../src/verify-aws/scratch-name.ts';
import { createFakeAccount, refusal } from '../../fixtures/verify-aws/fake-account.ts';
import { createFakeWorld } from '../../fixtures/verify-aws/fake-world.ts';

const HOUR = 3_600_000;
const NOON = Date.parse('2026-12-01T12:00:00Z');

describe('names of scratch objects', () => {
  it('say when they were made', () => {
    expect(scratchName(NOON, '1a2b3c')).toBe('elt-verify-20261201t1200-1a2b3c');
    expect(scratchSchema(scratchName(NOON, '1a2b3c'))).toBe('elt_verify_20261201t1200_1a2b3c');
  });

  it('of earlier runs are left over, those of a run that may be under way are not', () => {
    const made = fc.date({ noInvalidDate: true, min: new Date('2026-01-01'), max: new Date('2099-01-01') });
    const key = fc.stringMatching(/^[0-9a-f]{6}$/);
    fc.assert(
      fc.property(made, key, fc.integer({ min: 0, max: 1_000 * HOUR }), (date, digits, age) => {
        const name = scratchName(date.getTime(), digits);
        const minute = Math.floor(date.getTime() / 60_000) * 60_000;
        const isOld = date.getTime() + age - minute > 2 * HOUR;
        for (const one of [name, scratchSchema(name), `${name}-week`])
          expect(isLeftover(one, date.getTime() + age)).toBe(isOld);
      }),
    );
  });

  it.each([
    'elt',
    'elt_verify_',
    'elt_verify_mine',
    'elt_verify_20261201t1200_1a2b3c; DROP SCHEMA dbo',
    'elt_verify_20261201t1200_1a2b3c_backup',
    'my_elt_verify_20261201t1200_1a2b3c',
    'elt_verify_20269901t9900_1a2b3c',
  ])('%s is nobody’s leftover', (name) => {
    expect(isLeftover(name, Date.parse('2099-01-01'))).toBe(false);
  });
});

describe('what is made', () => {
  it('counts as made when no answer came, and not when it was refused', async () => {
    const { scratch } = createFakeWorld();
    const lost = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

    const attempts = [lost, refusal('AccessDeniedException', 'no')].map((error, index) =>
      scratch.make('alarm', String(index), () => Promise.reject(error)),
    );
    await Promise.allSettled(attempts);

    expect(scratch.things()).toEqual([{ kind: 'alarm', name: `${scratch.name}-0` }]);
  });

  it('is removed, the last first; what cannot be removed is told with its command', async () => {
    const account = createFakeAccount({
      DeleteAlarms: () => {
        throw refusal('AccessDeniedException', 'not authorized.');
      },
    });
    const { owner, clock } = createFakeWorld();
    const { cloudWatch, cloudFormation } = account.clients;

    const left = await removeThings({ owner, clock, clients: { cloudWatch, cloudFormation } }, [
      { kind: 'stack', name: 'elt-verify-1' },
      { kind: 'alarm', name: 'elt-verify-2' },
    ]);

    expect(account.sent).toEqual(['DeleteAlarms', 'DescribeStacks']);
    expect(left).toEqual([
      {
        ...{ kind: 'alarm', name: 'elt-verify-2', reason: 'not authorized' },
        command: 'aws cloudwatch delete-alarms --alarm-names elt-verify-2',
      },
    ]);
  });

  it('is a stack that is deleted when CloudFormation has done with it', async () => {
    const account = createFakeAccount();
    const { owner, clock } = createFakeWorld();
    const name = 'elt-verify-20261201t0930-1a2b3c-hold';
    await account.clients.cloudFormation.send(new UpdateStackCommand({ StackName: name }));

    const left = await removeThings({ owner, clock, clients: account.clients }, [{ kind: 'stack', name }]);

    expect({ left, stacks: [...account.stacks] }).toEqual({ left: [], stacks: [] });
    expect(account.sent.filter((operation) => operation !== 'DescribeStacks')).toEqual([
      ...['UpdateStack', 'DeleteStack'],
    ]);
    expect(account.sent.indexOf('DeleteStack')).toBeGreaterThan(2);
  });

  it('is told when CloudFormation cannot delete a stack', async () => {
    const Stacks = [{ StackStatus: 'DELETE_FAILED', StackStatusReason: 'no DeleteStateMachine' }];
    const { clients } = createFakeAccount({ DescribeStacks: () => ({ Stacks }) });
    const { owner, clock } = createFakeWorld();

    expect(
      await removeThings({ owner, clock, clients }, [{ kind: 'stack', name: 'elt-verify-1' }]),
    ).toMatchObject([
      {
        reason: 'CloudFormation left it in DELETE_FAILED: no DeleteStateMachine',
        command: 'aws cloudformation delete-stack --stack-name elt-verify-1',
      },
    ]);
  });
});

describe('what earlier runs have left', () => {
  const old = 'elt-verify-20261130t0900-1a2b3c';
  const parts = {
    DescribeAlarms: () => ({
      MetricAlarms: [`${old}-week`, 'elt-verify-of-mine', 'elt-verify-20261201t0929-1a2b3c-week'].map(
        (AlarmName) => ({ AlarmName }),
      ),
    }),
    DescribeStacks: () => {
      throw refusal('AccessDenied', 'not authorized');
    },
  };

  it('is found where the caller may look', async () => {
    const { clients } = createFakeAccount(parts);
    const { owner, clock } = createFakeWorld({
      script: [[/pg_namespace/, { rows: [[scratchSchema(old)], ['elt_verify_x']] as never }]],
    });

    expect(await findLeftovers({ owner, clock, clients }, ['schema', 'alarm', 'stack'])).toEqual({
      things: [
        { kind: 'schema', name: scratchSchema(old) },
        { kind: 'alarm', name: `${old}-week` },
      ],
      unknown: ['stacks: not authorized'],
    });
  });
});
