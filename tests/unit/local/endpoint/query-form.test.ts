import { describe, expect, it } from 'vitest';
import { decodeForm } from '../../../../src/local/endpoint/query-form.ts';

const decode = (form: string, flattened?: Record<string, string>) =>
  decodeForm(new URLSearchParams(form), flattened);

describe('a form of the query protocol', () => {
  it.each<[string, object]>([
    ['TopicArn=arn&Message=a+b%26c', { TopicArn: 'arn', Message: 'a b&c' }],
    ['Names.member.1=a&Names.member.2=b', { Names: ['a', 'b'] }],
    ['Names.member.10=j&Names.member.2=b', { Names: ['b', 'j'] }],
    ['Tags.member.1.Key=k&Tags.member.1.Value=v', { Tags: [{ Key: 'k', Value: 'v' }] }],
    ['Attributes.entry.1.Name=a&Attributes.entry.1.Value=1', { Attributes: { a: '1' } }],
    [
      'MessageAttributes.entry.1.Name=a&MessageAttributes.entry.1.Value.DataType=String&MessageAttributes.entry.1.Value.StringValue=v',
      { MessageAttributes: { a: { DataType: 'String', StringValue: 'v' } } },
    ],
    ['A.B.C=1&A.B.D=2', { A: { B: { C: '1', D: '2' } } }],
    ['Empty=', { Empty: '' }],
  ])('decodes %s', (form, fields) => {
    expect(decode(form)).toEqual(fields);
  });

  it('gives flattened lists and maps their names back', () => {
    const flattened = { AttributeNames: 'AttributeName', Attributes: 'Attribute' };

    const fields = decode('AttributeName.1=All&Attribute.1.Name=a&Attribute.1.Value=1', flattened);

    expect(fields).toEqual({ AttributeNames: ['All'], Attributes: { a: '1' } });
  });

  it('keeps hostile names as plain members', () => {
    const fields = decode('__proto__.polluted=1&constructor.1=x');

    expect(Object.keys(fields).sort()).toEqual(['__proto__', 'constructor']);
    expect({}).not.toHaveProperty('polluted');
  });
});
