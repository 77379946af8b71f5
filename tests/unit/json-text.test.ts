import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText, parseJson } from '../../src/json-text.ts';

describe('a text that is no JSON', () => {
  it.each([
    ['{\n  "a": 1,\n}', '3:1: expected a name in double quotes, found }'],
    ['{\n  "a": 1\n  "b": 2\n}', '3:3: expected "," or the closing bracket, found "b"'],
    ['{ "a" 1 }', '1:7: expected ":", found 1'],
    ['[1, 2', '1:6: expected "," or the closing bracket, found the end'],
    ['', '1:1: expected a value, found the end'],
    ["{ 'a': 1 }", '1:3: expected a name in double quotes or "}", found \''],
    ['{}\n{}', '2:1: expected nothing more, found {'],
    ['{ "a": tru }', '1:8: expected a value, found tru'],
    ['[1, // one\n2]', '1:5: expected a value, found /'],
    ['[1}', '1:3: expected "," or the closing bracket, found }'],
    ['{ "a\nb": 1 }', '1:3: expected a name in double quotes or "}", found "a'],
  ])('%j is told by place', (text, message) => {
    expect(() => parseJson(text)).toThrow(new SyntaxError(message));
  });

  it('is found wherever JSON.parse finds one, with a place and a reason', () => {
    const damaged = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', ']', '"', ':', '0', 'x', '{', '\\'))
      .map(([text, at, put]) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + put + text.slice(place + (at % 2));
      });
    fc.assert(
      fc.property(damaged, (text) => {
        const [expected, actual] = [JSON.parse, parseJson].map((parse) => outcome(parse, text));

        if (typeof expected !== 'string') expect(actual).toEqual(expected);
        else expect(actual).toMatch(/^\d+:\d+: expected .+, found /);
      }),
    );
  });
});

/** What the parser gives back, in an object, or the message it throws. */
function outcome(parse: (text: string) => unknown, text: string): object | string {
  try {
    return { value: parse(text) };
  } catch (error) {
    return (error as Error).message;
  }
}

describe('a file', () => {
  it.each([
    ['UTF-8', [0x61, 0xc3, 0xa9]],
    ['UTF-8 with a byte order mark', [0xef, 0xbb, 0xbf, 0x61, 0xc3, 0xa9]],
    ['UTF-16, least byte first', [0xff, 0xfe, 0x61, 0x00, 0xe9, 0x00]],
    ['UTF-16, most byte first', [0xfe, 0xff, 0x00, 0x61, 0x00, 0xe9]],
  ])('is read as %s', (_, bytes) => {
    expect(decodeText(Uint8Array.from(bytes))).toBe('aé');
  });
});
