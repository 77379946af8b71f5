import { describe, expect, it } from 'vitest';
import {
  compilePattern,
  parsePattern,
} from '../../../../src/local/services/events/pattern/compile-pattern.ts';

const combinations = (count: number) => Array.from({ length: count }, (_, index) => ({ a: [index] }));

describe('compilePattern', () => {
  it.each([
    ['a pattern that is no object', [], 'Filter is not an object'],
    ['an empty pattern', {}, 'Empty objects are not allowed'],
    ['an empty object inside', { detail: {} }, 'Empty objects are not allowed at detail'],
    ['a leaf that is no array', { source: 'aws.dms' }, '"aws.dms" must be an object or an array at source'],
    ['an empty array', { detail: { type: [] } }, 'Empty arrays are not allowed at detail.type'],
    ['an array in an array', { a: [['x']] }, 'not an array at a'],
    ['an unknown operator', { a: [{ sufix: 'x' }] }, 'Unrecognized match type sufix at a'],
    ['two operators in one expression', { a: [{ prefix: 'x', suffix: 'y' }] }, 'Only one key allowed'],
    ['exists with a text', { a: [{ exists: 'true' }] }, 'exists match pattern must be either true or false'],
    ['a prefix that is no text', { a: [{ prefix: 1 }] }, 'Value of prefix must be a string'],
    [
      'another operator inside prefix',
      { a: [{ prefix: { wildcard: 'x' } }] },
      'only equals-ignore-case is allowed',
    ],
    [
      'anything-but with mixed kinds',
      { a: [{ 'anything-but': ['x', 1] }] },
      'all values must be of one type',
    ],
    ['anything-but with a truth value', { a: [{ 'anything-but': [true] }] }, 'must be a string, a number'],
    ['anything-but without a value', { a: [{ 'anything-but': [] }] }, 'Empty arrays are not allowed'],
    [
      'anything-but with an empty prefix',
      { a: [{ 'anything-but': { prefix: '' } }] },
      'Null prefix not allowed',
    ],
    [
      'anything-but with a range',
      { a: [{ 'anything-but': { numeric: ['=', 1] } }] },
      'Unsupported anything-but pattern',
    ],
    ['two stars in a row', { a: [{ wildcard: 'a**b' }] }, 'Consecutive wildcard characters'],
    ['a foreign escape', { a: [{ wildcard: 'a\\b' }] }, 'Invalid escape character'],
    ['an escape of nothing', { a: [{ wildcard: 'a\\' }] }, 'Invalid escape character'],
    ['a range that is no array', { a: [{ numeric: 5 }] }, 'Value of numeric must be an array'],
    ['an unknown comparison', { a: [{ numeric: ['!=', 5] }] }, 'Unrecognized numeric range operator: !='],
    ['a range of texts', { a: [{ numeric: ['>', '5'] }] }, 'Value of > must be numeric'],
    ['a range upside down', { a: [{ numeric: ['>', 5, '<', 3] }] }, 'Bottom must be less than top'],
    ['two lower bounds', { a: [{ numeric: ['>', 5, '>', 3] }] }, 'lower bound'],
    ['an equality with a bound', { a: [{ numeric: ['=', 5, '<', 8] }] }, 'lower bound'],
    ['a number out of range', { a: [{ numeric: ['<', 5_000_000_001] }] }, 'must be between'],
    ['an address without bits', { a: [{ cidr: '10.0.0.0' }] }, 'Malformed CIDR'],
    ['too many bits', { a: [{ cidr: '10.0.0.0/33' }] }, 'Malformed CIDR'],
    [
      'too many combinations',
      { $or: combinations(40), b: { $or: combinations(40) } },
      'more than 1000 combinations',
    ],
  ])('refuses %s and names the field', (_, pattern, reason) => {
    expect(() => compilePattern(pattern)).toThrow(
      expect.objectContaining({
        name: 'InvalidEventPatternException',
        message: expect.stringMatching(/^Event pattern is not valid\. Reason: /),
      }),
    );
    expect(() => compilePattern(pattern)).toThrow(reason);
  });
});

describe('parsePattern', () => {
  it('refuses text that is not JSON', () => {
    expect(() => parsePattern('{“source”: []}')).toThrow(
      expect.objectContaining({ name: 'InvalidEventPatternException' }),
    );
  });

  it('refuses a pattern that is longer than the quota', () => {
    const pattern = JSON.stringify({ source: ['x'.repeat(2048)] });

    expect(() => parsePattern(pattern)).toThrow('Longer than 2048 characters');
  });
});

// The first two were recorded of AWS, with the message; what lies between is refused here.
describe('wildcards', () => {
  const compile = (...values: unknown[]) => compilePattern({ detail: { a: values } });

  it.each([
    ['a star for each field of an ARN', [{ wildcard: '*:*:*:*:*:event-bus/*' }]],
    ['a repeated sequence behind many stars', [{ wildcard: '*a*a*a*a*a*' }]],
    ['those of anything-but', [{ 'anything-but': { wildcard: ['x', '*a*a*a*a*a*'] } }]],
    ['several that are simple, together', ['*a*', '*b*', '*ab*', '*ba*'].map((wildcard) => ({ wildcard }))],
    ['one that is too long to be looked through', [{ wildcard: `*${'ab'.repeat(800)}` }]],
  ])('are too complex: %s', (_, values) => {
    expect(() => compile(...values)).toThrow(
      'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character',
    );
  });

  it.each([
    ['a repeated sequence behind one star', '/Users/*/dir/dir/dir/dir/dir/doc.txt'],
    ['one star in an ARN', 'arn:aws:events:us-east-1:*:event-bus/*'],
    ['no star, however long', 'ab'.repeat(900)],
    ['stars that stand for themselves', '\\*\\*\\*\\*\\*\\*\\*\\*\\*\\*'],
    ['', '*'],
  ])('are simple enough: %s', (_, wildcard) => {
    expect(() => compile({ wildcard })).not.toThrow();
  });

  it('of different fields do not count together', () => {
    const fields = ['a', 'b', 'c', 'd'].map((name) => [name, [{ wildcard: '*x*x*' }]]);

    expect(() => compilePattern(Object.fromEntries(fields))).not.toThrow();
  });
});
