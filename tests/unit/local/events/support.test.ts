import { describe, expect, it } from 'vitest';
import { EVENTS_SUPPORT } from '../../../../src/local/services/events/create-events.ts';
import { compilePattern } from '../../../../src/local/services/events/pattern/compile-pattern.ts';
import { matchesEvent } from '../../../../src/local/services/events/pattern/match-event.ts';
import { OPERATOR_NAMES } from '../../../../src/local/services/events/pattern/match-expression.ts';
import { createLocalEvents } from './local-events.ts';
import { OPERATOR_EXAMPLES } from './operator-examples.ts';

describe('the table of what EventBridge does', () => {
  it('has a row for each operation', () => {
    const { service } = createLocalEvents([]).events;
    const rows = EVENTS_SUPPORT.filter(({ field }) => field === undefined).map(({ operation }) => operation);

    expect(rows.toSorted()).toEqual(Object.keys(service.operations).sort());
  });

  it('has an example for each operator', () => {
    expect(new Set(OPERATOR_EXAMPLES.map(({ operator }) => operator))).toEqual(OPERATOR_NAMES);
  });

  it.each(OPERATOR_EXAMPLES)('is right about $operator $leaf', ({ leaf, matches, misses }) => {
    const pattern = compilePattern({ a: leaf });
    const event = (value: unknown) => (value === undefined ? {} : { a: value });

    expect(matchesEvent(pattern, event(matches))).toBe(true);
    expect(matchesEvent(pattern, event(misses))).toBe(false);
  });
});
