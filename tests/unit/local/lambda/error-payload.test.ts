import { describe, expect, it } from 'vitest';
import { errorPayload } from '../../../../src/local/services/lambda/runtime/error-payload.ts';

describe('errorPayload', () => {
  it('names an error by its name, not by its class', () => {
    class Renamed extends Error {
      override readonly name = 'StatementFailed';
    }

    expect(errorPayload(new Renamed('why')).errorType).toBe('StatementFailed');
    expect(errorPayload(new (class Bare extends Error {})('why')).errorType).toBe('Error');
  });

  it('takes an object that looks like an error for one', () => {
    const thrown = { name: 'N', message: 'M', stack: 'line 1\nline 2' };

    expect(errorPayload(thrown)).toEqual({ errorType: 'N', errorMessage: 'M', trace: ['line 1', 'line 2'] });
  });

  it.each([
    ['x', 'string', 'x'],
    [5, 'number', '5'],
    [{ a: 1 }, 'object', '[object Object]'],
  ])('reports %j by its type', (thrown, errorType, errorMessage) => {
    expect(errorPayload(thrown)).toEqual({ errorType, errorMessage, trace: [] });
  });

  it.each([[undefined], [null]])('reports %s, which has no text, as handled', (thrown) => {
    expect(errorPayload(thrown).errorType).toBe('handled');
  });
});
