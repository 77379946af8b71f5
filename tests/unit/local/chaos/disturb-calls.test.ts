import { describe, expect, it } from 'vitest';
import { createChaos, summarizeChaos } from '../../../../src/local/chaos/chaos.ts';
import { onlyKind } from './one-kind.ts';

const LIST = { service: 'stepfunctions', operation: 'ListExecutions', input: { stateMachineArn: 'a' } };
const DESCRIBE = { service: 'dms', operation: 'DescribeReplicationTasks', input: {} };
const EXECUTE = { service: 'redshift-data', operation: 'ExecuteStatement', input: {} };

/** An operation that answers how often it was called. */
function counting() {
  let calls = 0;
  return { next: async () => ({ calls: ++calls }), calls: () => calls };
}

describe('calls of functions', () => {
  it.each([
    ['throttle', 'ThrottlingException', 400],
    ['wrapped-throttle', 'ValidationException', 400],
    ['error-before', 'InternalFailure', 500],
  ] as const)('are refused before they have an effect: %s', async (kind, name, status) => {
    const { chaos } = onlyKind(kind);
    const { next, calls } = counting();

    await expect(chaos.intercept(EXECUTE, next)).rejects.toMatchObject({ name, status });
    expect(calls()).toBe(0);
  });

  it('carry the name of the throttle in the text of the wrapped form, at the Data API alone', async () => {
    const { chaos } = onlyKind('wrapped-throttle');

    await expect(chaos.intercept(EXECUTE, counting().next)).rejects.toThrow('ThrottlingException');
    expect(await chaos.intercept(LIST, counting().next)).toEqual({ calls: 1 });
  });

  it('fail after they have had their effect', async () => {
    const { chaos } = onlyKind('error-after');
    const { next, calls } = counting();

    await expect(chaos.intercept(EXECUTE, next)).rejects.toMatchObject({ status: 500 });
    expect(calls()).toBe(1);
  });

  it('are answered slowly', async () => {
    const { chaos, waits } = onlyKind('slow-answer');
    let answered = false;

    const answer = Promise.resolve(chaos.intercept(EXECUTE, counting().next)).then((value) => {
      answered = true;
      return value;
    });
    await new Promise(setImmediate);
    expect(answered).toBe(false);
    waits.advance(8_000);

    expect(await answer).toEqual({ calls: 1 });
  });

  it.each([
    ['lagging-list', LIST],
    ['lagging-describe', DESCRIBE],
  ] as const)('answer what they answered before: %s', async (kind, call) => {
    const { chaos } = onlyKind(kind);
    const { next } = counting();

    expect(await chaos.intercept(call, next)).toEqual({ calls: 1 });
    expect(await chaos.intercept(call, next)).toEqual({ calls: 1 });
    expect(await chaos.intercept({ ...call, input: { other: true } }, next)).toEqual({ calls: 2 });
    expect(await chaos.intercept(EXECUTE, next)).toEqual({ calls: 3 });
    expect(summarizeChaos(chaos)).toBe(`chaos: 1 fault: ${kind} 1`);
  });

  it('are left alone at rate 0', async () => {
    const chaos = createChaos({ rate: 0, seed: 1 });
    const { next, calls } = counting();

    for (let index = 0; index < 200; index += 1) await chaos.intercept(LIST, next);

    expect(calls()).toBe(200);
    expect(summarizeChaos(chaos)).toBe('chaos: 0 faults');
  });
});
