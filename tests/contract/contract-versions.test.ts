import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { TASK_FUNCTIONS } from '../../src/compile/template/function-names.ts';
import { TurnRequestSchema } from '../../src/runs/take-turn.ts';
import { VerifyRequestSchema } from '../../src/runs/verify/verify-load.ts';
import {
  CONTRACT_VERSION,
  contractVersions,
  OLDEST_CONTRACT,
} from '../../src/statements/contract-version.ts';
import { CheckRequestSchema, StepRequestSchema } from '../../src/statements/step-request.ts';
import { readEvent } from '../fixtures/sample-event.ts';

const SCHEMAS: Readonly<Record<(typeof TASK_FUNCTIONS)[number], z.ZodType>> = {
  'take-turn': TurnRequestSchema,
  'verify-load': VerifyRequestSchema,
  'start-statement': StepRequestSchema,
  'check-statement': CheckRequestSchema,
};

describe('the contract between state machines and functions', () => {
  it('is taken by functions for a release longer than it is compiled: runs outlive deployments', () => {
    const before = Math.max(1, CONTRACT_VERSION - 1);

    expect(OLDEST_CONTRACT).toBeGreaterThanOrEqual(1);
    expect(OLDEST_CONTRACT).toBeLessThanOrEqual(before);
  });

  it('has every version from the oldest to the current one', () => {
    const taken = [0, 1, 2, 3, 4, 5, 2.5, '3', undefined].filter(
      (version) => contractVersions(2, 4).safeParse(version).success,
    );

    expect(taken).toEqual([2, 3, 4]);
  });

  it('names the versions that are known when it refuses another', () => {
    const { error } = contractVersions(2, 4).safeParse(5);

    expect(error?.issues).toMatchObject([{ message: 'these functions know the contracts 2 to 4' }]);
  });

  it.each(TASK_FUNCTIONS)('is the same for %s: the oldest to the current, and no other', async (name) => {
    const request = await readEvent<object>(`${name}.json`);
    const takes = (contractVersion: number) =>
      SCHEMAS[name].safeParse({ ...request, contractVersion }).success;

    for (let version = OLDEST_CONTRACT; version <= CONTRACT_VERSION; version += 1)
      expect(takes(version), `contract ${version}`).toBe(true);
    expect([OLDEST_CONTRACT - 1, CONTRACT_VERSION + 1].map(takes)).toEqual([false, false]);
  });

  it.each(TASK_FUNCTIONS)('has its current version in the sample event of %s', async (name) => {
    expect(await readEvent<object>(`${name}.json`)).toMatchObject({ contractVersion: CONTRACT_VERSION });
  });
});
