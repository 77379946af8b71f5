import { describe, expect, it } from 'vitest';
import { writeMembers } from '../../../../src/local/endpoint/query-protocol.ts';

const write = (...given: Parameters<typeof writeMembers>) => writeMembers(...given).join('');

describe('an answer of the query protocol', () => {
  it.each<[object, string]>([
    [{ MessageId: 'a', Missing: undefined }, '<MessageId>a</MessageId>'],
    [{ Count: 1, Done: true }, '<Count>1</Count><Done>true</Done>'],
    [
      { Topics: [{ TopicArn: 'x' }, { TopicArn: 'y' }] },
      '<Topics><member><TopicArn>x</TopicArn></member><member><TopicArn>y</TopicArn></member></Topics>',
    ],
    [{ Names: ['a'] }, '<Names><member>a</member></Names>'],
    [{ Topics: [] }, '<Topics/>'],
  ])('writes %o', (output, xml) => {
    expect(write(output)).toBe(xml);
  });

  it('writes flattened lists and maps as repeated elements', () => {
    const output = { Messages: [{ MessageId: 'm', Attributes: { a: '1' } }] };

    const xml = write(output, { flattened: { Messages: 'Message', Attributes: 'Attribute' } });

    expect(xml).toBe(
      '<Message><MessageId>m</MessageId><Attribute><Name>a</Name><Value>1</Value></Attribute></Message>',
    );
  });

  it('escapes markup, and replaces what XML cannot hold', () => {
    expect(write({ Text: '<a & "b">\u0000\ud800\r é 😀' })).toBe(
      '<Text>&lt;a &amp; &quot;b&quot;&gt;\ufffd\ufffd&#x0D; é 😀</Text>',
    );
  });
});
