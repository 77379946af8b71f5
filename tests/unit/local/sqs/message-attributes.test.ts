import { describe, expect, it } from 'vitest';
import { md5OfAttributes } from '../../../../src/local/services/sqs/message-attributes.ts';

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
