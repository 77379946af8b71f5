import { describe, expect, it } from 'vitest';
import { identifyLoad } from '../../../src/loads/load-identity.ts';

const a = { identifier: 'a', arn: 'arn:a', startedAt: '2026-11-24T01:02:03.004Z' };
const b = { identifier: 'b', arn: 'arn:b', startedAt: '2026-11-24T01:02:03.005Z' };

describe('identifyLoad', () => {
  it('names a load after its latest start, in letters that Step Functions takes', () => {
    const load = identifyLoad([a, b]);

    expect(load.id).toMatch(/^20261124T010203005Z-[0-9a-f]{12}$/);
    expect(load.startedAt).toBe('2026-11-24T01:02:03.005Z');
  });

  it('does not depend on the order of the tasks', () => {
    expect(identifyLoad([b, a])).toEqual(identifyLoad([a, b]));
  });

  it('differs when one of the tasks has another load', () => {
    const earlier = { ...a, startedAt: '2026-11-24T01:00:00.000Z' };

    expect(identifyLoad([earlier, b]).id).not.toBe(identifyLoad([a, b]).id);
  });
});
