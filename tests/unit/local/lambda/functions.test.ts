import { describe, expect, it } from 'vitest';
import { createFunctionCatalogue } from '../../../../src/local/services/lambda/functions.ts';

const catalogue = createFunctionCatalogue([{ name: 'start-run', module: 'start-run.ts' }]);

describe('finding a function', () => {
  it.each([
    'start-run',
    'start-run:$LATEST',
    'function:start-run',
    '000000000000:function:start-run',
    'arn:aws:lambda:us-east-1:000000000000:function:start-run',
    'arn:aws:lambda:us-east-1:000000000000:function:start-run:$LATEST',
  ])('takes %s', (name) => {
    expect(catalogue.find(name).name).toBe('start-run');
  });

  it('takes a qualifier of its own', () => {
    expect(catalogue.find('start-run', '$LATEST').name).toBe('start-run');
  });

  it.each([
    ['another', undefined, 'arn:aws:lambda:us-east-1:000000000000:function:another'],
    ['start-run', '7', 'arn:aws:lambda:us-east-1:000000000000:function:start-run:7'],
    ['start-run:live', undefined, 'arn:aws:lambda:us-east-1:000000000000:function:start-run:live'],
    [
      '123456789012:function:start-run',
      undefined,
      'arn:aws:lambda:us-east-1:123456789012:function:start-run',
    ],
  ])('does not find %s with qualifier %s', (name, qualifier, arn) => {
    expect(() => catalogue.find(name, qualifier)).toThrow(
      expect.objectContaining({
        name: 'ResourceNotFoundException',
        message: `Function not found: ${arn}`,
        status: 404,
      }),
    );
  });

  // In the words of recorded answers.
  it.each([
    'arn:aws:lambda:eu-central-1:000000000000:function:start-run',
    'arn:aws:lambda:eu-central-1:000000000000:function:start-run:$LATEST',
    'eu-central-1:000000000000:function:start-run',
  ])('does not find it in another Region: %s', (name) => {
    expect(() => catalogue.find(name)).toThrow(
      expect.objectContaining({
        name: 'ResourceNotFoundException',
        message: "Functions from 'eu-central-1' are not reachable in this region ('us-east-1')",
        status: 404,
      }),
    );
  });

  it('refuses two qualifiers that differ', () => {
    expect(() => catalogue.find('start-run:$LATEST', '1')).toThrow(
      expect.objectContaining({ name: 'InvalidParameterValueException' }),
    );
  });

  it('refuses text that is no function name', () => {
    expect(() => catalogue.find('start run')).toThrow(
      expect.objectContaining({ name: 'ValidationException' }),
    );
  });

  it('refuses a list with one name twice', () => {
    const spec = { name: 'a', module: 'a.ts' };

    expect(() => createFunctionCatalogue([spec, spec])).toThrow('same name');
  });
});
