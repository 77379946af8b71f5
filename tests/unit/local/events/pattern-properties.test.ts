import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../../../src/local/services/events/pattern/compile-pattern.ts';
import { matchesEvent } from '../../../../src/local/services/events/pattern/match-event.ts';
import { type Json, naivelyMatches } from './naive-matcher.ts';

type JsonObject = { [key: string]: Json };

const text = fc.constantFrom(
  '',
  'x',
  'X',
  'xy',
  'Xy',
  'yx',
  'xyx',
  '1',
  '*',
  'x*y',
  '10.0.0.1',
  '10.1.2.3',
  '11.0.0.1',
);
const number = fc.constantFrom(0, 1, 2, -1, 1.5);
const scalar: fc.Arbitrary<Json> = fc.oneof(text, number, fc.boolean(), fc.constant(null));

const affix = fc.oneof(
  text,
  text.map((value) => ({ 'equals-ignore-case': value })),
);
const wildcard = fc.constantFrom('*', 'x*', '*x', 'x*x', '*x*', 'x\\*y', 'xy', '', 'x*y*x', '1*.1');
const oneOrMore = (values: fc.Arbitrary<Json>) =>
  fc.oneof(values, fc.array(values, { minLength: 1, maxLength: 3 }));
const nonEmptyText = text.filter((value) => value !== '');
const anythingBut = fc.oneof(
  oneOrMore(text),
  oneOrMore(number),
  oneOrMore(nonEmptyText).map((value) => ({ prefix: value })),
  oneOrMore(nonEmptyText).map((value) => ({ suffix: value })),
  oneOrMore(text).map((value) => ({ 'equals-ignore-case': value })),
  oneOrMore(wildcard).map((value) => ({ wildcard: value })),
);
const numeric = fc.oneof(
  fc.tuple(fc.constantFrom('=', '<', '<=', '>', '>='), number),
  fc.constantFrom<Json>(['>', 0, '<', 2], ['>=', 1, '<=', 1.5], ['>', -5, '<=', 0]),
);
const operator = fc.oneof(
  affix.map((prefix) => ({ prefix })),
  affix.map((suffix) => ({ suffix })),
  text.map((value) => ({ 'equals-ignore-case': value })),
  wildcard.map((value) => ({ wildcard: value })),
  anythingBut.map((value) => ({ 'anything-but': value })),
  numeric.map((value) => ({ numeric: value })),
  fc.constantFrom('10.0.0.0/8', '10.0.0.0/30', '0.0.0.0/0').map((cidr) => ({ cidr })),
  fc.boolean().map((exists) => ({ exists })),
) as fc.Arbitrary<Json>;
const anyLeaf = fc.array(fc.oneof(scalar, operator), { minLength: 1, maxLength: 2 }) as fc.Arbitrary<Json>;

const key = fc.constantFrom('a', 'b');
const plainLeaf = fc.constantFrom<Json>(
  ['x'],
  [1],
  [{ exists: true }],
  [{ exists: false }],
  ['x', { exists: false }],
);
const leaves: fc.Arbitrary<JsonObject> = fc.dictionary(key, plainLeaf, { minKeys: 1, maxKeys: 2 });
/** Adds a level around patterns: fields that hold them, and perhaps a choice between two of them. */
const around = (inner: fc.Arbitrary<JsonObject>): fc.Arbitrary<JsonObject> =>
  fc
    .tuple(
      fc.dictionary(key, fc.oneof(plainLeaf, inner), { minKeys: 1, maxKeys: 2 }),
      fc.option(fc.array(inner, { minLength: 2, maxLength: 2 })),
    )
    .map(([fields, or]) => (or === null ? fields : { ...fields, $or: or }));
const nestedPattern = around(around(leaves));

const { node: eventNode } = fc.letrec<{ node: Json; object: Json; array: Json }>((tie) => ({
  node: fc.oneof({ maxDepth: 4 }, fc.constantFrom<Json>('x', 1), tie('object'), tie('object'), tie('array')),
  object: fc.dictionary(key, tie('node'), { maxKeys: 2 }) as fc.Arbitrary<Json>,
  array: fc.array(tie('node'), { maxLength: 3 }) as fc.Arbitrary<Json>,
}));
const nestedEvent = fc.dictionary(key, eventNode, { minKeys: 1, maxKeys: 2 }) as fc.Arbitrary<Json>;

/** Compares both matchers; gives back how many of the pairs matched. */
function compare(patterns: fc.Arbitrary<JsonObject>, events: fc.Arbitrary<Json>): number {
  let matched = 0;
  const property = fc.property(patterns, events, (pattern, event) => {
    const answer = matchesEvent(compilePattern(pattern), event);
    if (answer) matched += 1;
    expect(answer).toBe(naivelyMatches(pattern, event));
  });
  fc.assert(property, { numRuns: 4000 });
  return matched;
}

describe('the pattern matcher', () => {
  it('agrees with a naive reading of the rules on every operator and kind of value', () => {
    const patterns = anyLeaf.map((leaf) => ({ a: leaf }));
    const events = fc.record({ a: oneOrMore(scalar) }, { requiredKeys: [] }) as fc.Arbitrary<Json>;

    const matched = compare(patterns, events);

    expect(matched).toBeGreaterThan(800);
  });

  it('agrees with a naive reading of the rules on nested objects, arrays and choices', () => {
    const matched = compare(nestedPattern, nestedEvent);

    expect(matched).toBeGreaterThan(200);
  });
});
