import { describe, expect, it } from 'vitest';
import { md5OfAttributes } from '../../../../src/local/services/sqs/message-attributes.ts';
import { createLocalSqs } from './local-sqs.ts';

const text = (StringValue: string) => ({ DataType: 'String', StringValue });

describe('md5OfAttributes', () => {
  it('is the digest that AWS publishes for its examples', () => {
    const one = { test_attribute_name_1: text('test_attribute_value_1') };
    const two = {
      my_attribute_name_2: text('my_attribute_value_2'),
      my_attribute_name_1: text('my_attribute_value_1'),
    };

    expect(md5OfAttributes(one)).toBe('ba056227cfd9533dba1f72ad9816d233');
    expect(md5OfAttributes(two)).toBe('c48838208d2b4e14e3ca0093a8443f09');
  });

  it('tells text and binary apart', () => {
    const binary = { DataType: 'Binary', BinaryValue: Buffer.from('x').toString('base64') };

    expect(md5OfAttributes({ a: binary })).not.toBe(md5OfAttributes({ a: text('x') }));
  });

  it('does not exist where there is no attribute', () => {
    expect(md5OfAttributes({})).toBeUndefined();
  });
});

/** Sends a message with attributes, and answers the name of the refusal. */
async function refusal(attributes: object, body = 'm'): Promise<unknown> {
  const { call } = createLocalSqs();
  return call('SendMessage', { MessageBody: body, MessageAttributes: attributes }).then(
    () => undefined,
    ({ name, message }: Error) => ({ name, message }),
  );
}

// Names, prefixes, types and values were recorded of AWS, but for two periods and for numbers, which are documented.
describe('attributes of a message', () => {
  it.each(['attr.1øßä', 'a-b_c.d', 'x'.repeat(256), 'aws', 'amazonian.x'])(
    'may be called %s',
    async (name) => {
      expect(await refusal({ [name]: text('Valid') })).toBeUndefined();
    },
  );

  it.each([
    ...['aWs.-attr', 'AMAZON.-attr', '.-attr', 'Invalid.', 'a..b', 'a b', '', 'x'.repeat(257)],
    ...['!', '"', '§', '(', '?'].map((sign) => `Invalid-${sign}-attr`),
  ])('may not be called %s', async (name) => {
    expect(await refusal({ [name]: text('Valid') })).toMatchObject({
      name: 'InvalidParameterValueException',
    });
  });

  it.each([
    ['String', { StringValue: 'x' }],
    ['String.label', { StringValue: 'x' }],
    ['Number', { StringValue: '-1.5e3' }],
    ['Number.int', { StringValue: '7' }],
    ['Binary.gif', { BinaryValue: 'eA==' }],
  ])('may be of type %s', async (DataType, value) => {
    expect(await refusal({ a: { DataType, ...value } })).toBeUndefined();
  });

  it.each([
    ['an unknown type', { DataType: 'Invalid', StringValue: 'Valid' }],
    ['a type in small letters', { DataType: 'string', StringValue: 'Valid' }],
    ['no type', { StringValue: 'Valid' }],
    ['an empty label', { DataType: 'String.', StringValue: 'Valid' }],
    ['too long a label', { DataType: `Number.${'L'.repeat(256)}`, StringValue: '1' }],
    ['control characters', { DataType: 'String', StringValue: 'Invalid-\b,\v' }],
    ['a number that is none', { DataType: 'Number', StringValue: 'seven' }],
    ['no value of its type', { DataType: 'Binary', StringValue: 'x' }],
  ])('are refused with %s', async (_, attribute) => {
    expect(await refusal({ a: attribute })).toMatchObject({ name: 'InvalidParameterValueException' });
  });

  it('are refused with an empty value, in the words of AWS', async () => {
    expect(await refusal({ ErrorDetails: text('') })).toEqual({
      name: 'InvalidParameterValueException',
      message: "Message (user) attribute 'ErrorDetails' must contain a non-empty value of type 'String'.",
    });
  });

  it('are ten at most', async () => {
    const attributes = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, text('x')]));

    expect(await refusal(attributes(10))).toBeUndefined();
    expect(await refusal(attributes(11))).toMatchObject({ name: 'InvalidParameterValueException' });
  });

  it('count into the size of the message: names, types and values', async () => {
    const attributes = {
      key: text('xyz'),
      bin: { DataType: 'Binary', BinaryValue: Buffer.from('four').toString('base64') },
    };
    const room = 2 ** 20 - 'keyStringxyz'.length - 'binBinaryfour'.length;

    expect(await refusal(attributes, 'x'.repeat(room))).toBeUndefined();
    expect(await refusal(attributes, 'x'.repeat(room + 1))).toEqual({
      name: 'InvalidParameterValueException',
      message: 'One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.',
    });
  });
});

describe('MessageAttributeNames', () => {
  // As recorded of AWS: a prefix needs no period behind it, and names that cannot be are no error.
  it.each([
    [[], undefined],
    [['All'], ['General', 'Hello', 'Help.Me']],
    [['*'], ['General', 'Hello', 'Help.Me']],
    [['.*'], ['General', 'Hello', 'Help.Me']],
    [['Hel.*'], ['Hello', 'Help.Me']],
    [['Help.*'], ['Help.Me']],
    [['Foo', 'Help'], undefined],
    [['Foo', 'Hello'], ['Hello']],
    [['AWS.', '..foo'], undefined],
  ])('%j find %j', async (MessageAttributeNames, found) => {
    const { call, receive } = createLocalSqs();
    const attributes = { 'Help.Me': text('Me'), Hello: text('There'), General: text('Kenobi') };
    await call('SendMessage', { MessageBody: 'm', MessageAttributes: attributes });

    const [message] = await receive({ MessageAttributeNames });

    expect(message?.MessageAttributes && Object.keys(message.MessageAttributes).toSorted()).toEqual(found);
  });
});
