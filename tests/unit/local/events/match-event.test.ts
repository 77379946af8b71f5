import { describe, expect, it } from 'vitest';
import {
  compilePattern,
  parsePattern,
} from '../../../../src/local/services/events/pattern/compile-pattern.ts';
import { matchesEvent } from '../../../../src/local/services/events/pattern/match-event.ts';

const TASK = 'arn:aws:dms:us-east-1:000000000000:task:ONE';
const STOPPED = {
  source: 'aws.dms',
  'detail-type': 'DMS Replication Task State Change',
  resources: [TASK],
  detail: { eventType: 'REPLICATION_TASK_STOPPED', detailMessage: 'Stop Reason FULL_LOAD_ONLY_FINISHED' },
};

function matches(pattern: object, event: unknown): boolean {
  return matchesEvent(compilePattern(pattern), event);
}

describe('matchesEvent', () => {
  it('matches when every field of the pattern holds', () => {
    const pattern = {
      source: ['aws.dms'],
      resources: [TASK],
      detail: { eventType: ['REPLICATION_TASK_STOPPED'] },
    };

    expect(matches(pattern, STOPPED)).toBe(true);
    expect(matches({ ...pattern, source: ['aws.ec2'] }, STOPPED)).toBe(false);
  });

  it('takes the last of a repeated key', () => {
    const pattern = parsePattern('{"source":["aws.ec2"],"source":["aws.dms"]}');

    expect(matchesEvent(pattern, STOPPED)).toBe(true);
  });

  it.each([
    ['text and number are different', ['1'], 1, false],
    ['a number is compared as a number', [1], 1.0, true],
    ['null is a value', [null], null, true],
    ['null is not the empty text', [''], null, false],
    ['one value of several is enough', ['a', 'b'], 'b', true],
    ['an array matches by one element', ['b'], ['a', 'b'], true],
    ['an array in an array matches by one element', ['b'], [['a'], [['b']]], true],
    ['prefix', [{ prefix: 'Stop Reason' }], 'Stop Reason NORMAL', true],
    ['prefix does not apply to numbers', [{ prefix: '1' }], 12, false],
    ['prefix that ignores case', [{ prefix: { 'equals-ignore-case': 'stop' } }], 'STOPPED', true],
    ['suffix', [{ suffix: '.csv' }], 'a.csv', true],
    ['suffix that ignores case', [{ suffix: { 'equals-ignore-case': '.CSV' } }], 'a.csv', true],
    ['text that ignores case', [{ 'equals-ignore-case': 'Alice' }], 'aLICE', true],
    ['anything-but another value', [{ 'anything-but': 'a' }], 'b', true],
    ['anything-but a list', [{ 'anything-but': ['a', 'b'] }], 'b', false],
    ['anything-but by one element of an array', [{ 'anything-but': ['a'] }], ['a', 'b'], true],
    ['anything-but a number', [{ 'anything-but': 5 }], 5, false],
    ['anything-but a prefix', [{ 'anything-but': { prefix: 'x' } }], 'xy', false],
    ['anything-but several suffixes', [{ 'anything-but': { suffix: ['x', 'y'] } }], 'xy', false],
    ['anything-but a wildcard', [{ 'anything-but': { wildcard: '*/lib/*' } }], 'a/lib/b', false],
    ['anything-but text that ignores case', [{ 'anything-but': { 'equals-ignore-case': 'A' } }], 'a', false],
    ['numeric equality', [{ numeric: ['=', 300] }], 300, true],
    ['numeric range', [{ numeric: ['>', 0, '<=', 5] }], 5, true],
    ['numeric range, outside', [{ numeric: ['>', 0, '<=', 5] }], 0, false],
    ['numeric does not apply to text', [{ numeric: ['=', 1] }], '1', false],
    ['IPv4 block', [{ cidr: '10.0.0.0/24' }], '10.0.0.255', true],
    ['IPv4 block, outside', [{ cidr: '10.0.0.0/24' }], '10.0.1.0', false],
    ['IPv6 block', [{ cidr: '2001:db8::/32' }], '2001:db8::1', true],
    ['a block and text that is no address', [{ cidr: '10.0.0.0/24' }], 'ten', false],
    ['wildcard', [{ wildcard: 'dir/*.png' }], 'dir/a/b.png', true],
    ['wildcard must cover all of the text', [{ wildcard: 'a*b' }], 'ab ', false],
    ['wildcard may not use a character twice', [{ wildcard: 'aba*aba' }], 'aba', false],
    ['escaped star', [{ wildcard: 'a\\*b' }], 'a*b', true],
    ['escaped star is no wildcard', [{ wildcard: 'a\\*b' }], 'axb', false],
    ['exists', [{ exists: true }], 'x', true],
    ['exists is for values, not objects', [{ exists: true }], { b: 1 }, false],
    ['an object counts as absent', [{ exists: false }], { b: 1 }, true],
    ['an empty array counts as absent', [{ exists: false }], [], true],
    ['a null counts as present', [{ exists: false }], null, false],
  ])('%s', (_, leaf, value, expected) => {
    expect(matches({ a: leaf }, { a: value })).toBe(expected);
  });

  it('asks for presence before anything-but', () => {
    expect(matches({ a: [{ 'anything-but': 'x' }] }, { b: 1 })).toBe(false);
  });

  it('accepts a value or its absence in one leaf', () => {
    const pattern = { a: ['x', { exists: false }] };

    expect([{ a: 'x' }, {}, { a: 'y' }].map((event) => matches(pattern, event))).toEqual([true, true, false]);
  });

  it('holds the fields below an array against the same element', () => {
    const event = {
      items: [
        { a: 1, b: 2 },
        { a: 3, b: 4 },
      ],
    };

    expect(matches({ items: { a: [3], b: [4] } }, event)).toBe(true);
    expect(matches({ items: { a: [1], b: [4] } }, event)).toBe(false);
  });

  it('looks for absence in all elements of an array', () => {
    expect(matches({ items: { a: [{ exists: false }] } }, { items: [{ a: 1 }, { b: 2 }] })).toBe(false);
    expect(matches({ items: { a: [{ exists: false }] } }, { items: [{ b: 1 }, { b: 2 }] })).toBe(true);
  });

  it('takes $or as a choice beside the other fields', () => {
    const pattern = {
      source: ['s'],
      $or: [{ detail: { a: [1] } }, { detail: { b: [{ numeric: ['>', 5] }] } }],
    };

    expect(matches(pattern, { source: 's', detail: { b: 6 } })).toBe(true);
    expect(matches(pattern, { source: 's', detail: { a: 2, b: 5 } })).toBe(false);
    expect(matches(pattern, { source: 't', detail: { a: 1 } })).toBe(false);
  });

  it('takes $or as a field where it holds match expressions', () => {
    expect(matches({ $or: [{ prefix: 'a' }, { prefix: 'b' }] }, { $or: 'banana' })).toBe(true);
  });

  it('tells field names apart that look like paths', () => {
    expect(matches({ 'a/b': [{ exists: false }] }, { a: { b: 1 } })).toBe(true);
  });

  it('is not misled by names of Object.prototype', () => {
    expect(matches({ constructor: { name: ['Object'] } }, {})).toBe(false);
  });
});

// AWS joins names with dots before it compares: recorded, and said under "Considerations when creating event patterns".
describe('dotted names', () => {
  it.each([
    [{ detail: { state: { status: ['running'] } } }, { detail: { 'state.status': 'running' } }],
    [{ detail: { 'state.status': ['running'] } }, { detail: { state: { status: 'running' } } }],
    [{ 'detail.state.status': ['running'] }, { detail: { state: { status: 'running' } } }],
    [{ a: { b: [1], c: [2] } }, { 'a.b': 1, 'a.c': 2 }],
    [{ a: { b: [1], c: [2] } }, { 'a.b': 1, a: { c: 2 } }],
    [{ a: { b: [1], c: [3] } }, { a: [{ c: 2 }, { c: 3 }], 'a.b': 1 }],
    [{ a: { b: [1] } }, { 'a.b': 1, a: { b: 2 } }],
    [{ 'a.b': [{ exists: false }] }, { a: { c: 1 } }],
    [{ a: { b: { c: [1] } } }, { 'a.b': { c: 1 } }],
  ])('are nested ones: %j matches %j', (pattern, event) => {
    expect(matches(pattern, event)).toBe(true);
  });

  it.each([
    [{ detail: { state: { status: ['running'] } } }, { detail: { 'state.status': { status: 'running' } } }],
    [{ detail: { 'state.status': { status: ['running'] } } }, { detail: { state: { status: 'running' } } }],
    [{ 'a.b': [{ exists: false }] }, { a: { b: 1 } }],
    [
      { a: { b: [1], c: [3] } },
      {
        a: [
          { b: 1, c: 2 },
          { b: 2, c: 3 },
        ],
      },
    ],
  ])('%j does not match %j', (pattern, event) => {
    expect(matches(pattern, event)).toBe(false);
  });
});
