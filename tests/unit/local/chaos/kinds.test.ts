import { describe, expect, it } from 'vitest';
import { CHAOS_KIND_NAMES, kindsAt, parseKinds } from '../../../../src/local/chaos/kinds.ts';

describe('kinds of fault', () => {
  it('are read from a list', () => {
    expect(parseKinds('lost-event, throttle')).toEqual(['lost-event', 'throttle']);
  });

  it('are all named when one of a list is not known', () => {
    for (const kind of CHAOS_KIND_NAMES) expect(() => parseKinds('lost-event,gone')).toThrow(kind);
    expect(() => parseKinds('lost-event,gone')).toThrow('there is no kind "gone"');
  });

  it('each strike at one point', () => {
    const points = ['event', 'call', 'invocation', 'statement', 'rollback'] as const;

    expect(points.flatMap(kindsAt)).toEqual(CHAOS_KIND_NAMES);
  });
});
