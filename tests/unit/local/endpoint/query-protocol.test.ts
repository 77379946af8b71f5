import { describe, expect, it } from 'vitest';
import { escapeXml, writeXml } from '../../../../src/local/endpoint/query-protocol.ts';

describe('an answer of the query protocol', () => {
  it.each<[object, string]>([
    [{ MessageId: 'a', Missing: undefined }, '<MessageId>a</MessageId>'],
    [{ Count: 1, Done: true }, '<Count>1</Count><Done>true</Done>'],
    [
      { Topics: [{ TopicArn: 'x' }, { TopicArn: 'y' }] },
      '<Topics><member><TopicArn>x</TopicArn></member><member><TopicArn>y</TopicArn></member></Topics>',
    ],
    [{ Names: ['a'] }, '<Names><member>a</member></Names>'],
    [{ Topics: [] }, '<Topics></Topics>'],
  ])('writes %o', (output, xml) => {
    expect(writeXml(output)).toBe(xml);
  });

  it('writes flattened lists and maps as repeated elements', () => {
    const output = { Messages: [{ MessageId: 'm', Attributes: { a: '1' } }] };

    const xml = writeXml(output, { flattened: { Messages: 'Message', Attributes: 'Attribute' } });

    expect(xml).toBe(
      '<Message><MessageId>m</MessageId><Attribute><Name>a</Name><Value>1</Value></Attribute></Message>',
    );
  });

  it('escapes markup, and replaces what XML cannot hold', () => {
    expect(escapeXml('<a & "b">\u0000\ud800 é 😀')).toBe('&#60;a &#38; &#34;b&#34;&#62;\ufffd\ufffd é 😀');
  });
});
