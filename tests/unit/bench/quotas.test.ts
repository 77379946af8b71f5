import { describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../../src/local/engine/clock/virtual-clock.ts';
import { AWS_QUOTAS, createBucket, enforceQuotas } from '../../bench/world/quotas.ts';

describe('quotas of the bench', () => {
  it('let a full bucket through at once, and then so many a second', async () => {
    const clock = createVirtualClock();
    const bucket = createBucket(AWS_QUOTAS.ListStatements, clock);
    const takeAll = (calls: number) =>
      Array.from({ length: calls }, () => bucket.take()).filter(Boolean).length;

    expect(takeAll(10)).toBe(3);
    await clock.sleep(2_000 / 3);
    expect(takeAll(10)).toBe(2);
  });

  it('tell how long to wait for the next place', () => {
    const bucket = createBucket(AWS_QUOTAS.BatchExecuteStatement, createVirtualClock());

    const waits = Array.from({ length: 40 }, () => bucket.reserve());

    expect(waits[19]).toBe(0);
    expect(waits[39]).toBe(1_000);
  });

  it('are one for all calls of DMS, and none for what is not enforced', () => {
    const clock = createVirtualClock();
    const quotas = enforceQuotas(['all of DMS'], clock, () => 0.5);
    for (let call = 0; call < 100; call += 1) {
      quotas.admitCall('DescribeReplicationTasks');
      quotas.admitCall('DescribeTableStatistics');
      quotas.admitCall('ListStatements');
    }

    expect(() => quotas.admitCall('DescribeReplicationTasks')).toThrow('Rate exceeded');
    expect(Object.fromEntries(quotas.usage)).toEqual({ 'all of DMS': { calls: 200, refused: 1 } });
  });

  it('refuse an invocation that would be one of more than a thousand', () => {
    const quotas = enforceQuotas([], createVirtualClock(), () => 0.5);
    const functions = { running: 999 };
    quotas.watch(functions);

    quotas.admitInvocation();
    functions.running = 1_000;

    expect(() => quotas.admitInvocation()).toThrow('Rate Exceeded');
  });

  it('are met three times by a call, as the SDK makes it', async () => {
    const clock = createVirtualClock();
    const begun = clock.now();
    const quotas = enforceQuotas(['ListStatements'], clock, () => 1);
    const list = () => quotas.retried(async () => quotas.admitCall('ListStatements'));
    for (let call = 0; call < 3; call += 1) await list();

    await list();

    expect(clock.now() - begun).toBe(500);
    expect(quotas.usage.get('ListStatements')).toEqual({ calls: 4, refused: 1 });
    const always = quotas.retried(async () => {
      for (;;) quotas.admitCall('ListStatements');
    });
    await expect(always).rejects.toThrow('Rate exceeded');
    expect(clock.now() - begun).toBe(2_000);
  });
});
