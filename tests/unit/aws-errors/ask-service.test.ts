import { describe, expect, it } from 'vitest';
import { askService } from '../../../src/aws-errors/ask-service.ts';

const failing = (fields: object, message = 'said so') =>
  askService({ service: 'SNS', operation: 'Publish to arn:topic' }, () =>
    Promise.reject(Object.assign(new Error(message), fields)),
  );

describe('askService', () => {
  it.each([
    ['throttling', { name: 'ThrottledException' }],
    ['throttling that the SDK knows', { name: 'OddlyNamed', $retryable: { throttling: true } }],
    [
      'throttling by its status',
      { name: 'OddlyNamed', $fault: 'client', $metadata: { httpStatusCode: 429 } },
    ],
    ['a failure of the server', { name: 'OddlyNamed', $fault: 'server', $metadata: { httpStatusCode: 503 } }],
    ['a key that is throttled', { name: 'KMSThrottlingException', $metadata: { httpStatusCode: 400 } }],
    ['no answer in time', { name: 'TimeoutError' }],
    ['a request that was given up', { name: 'AbortError' }],
    ['a connection that is refused', { code: 'ECONNREFUSED' }],
    ['one that is refused at every address', { name: 'AggregateError', errors: [{}, refused()] }],
    [
      'one that is the cause of another error',
      { cause: Object.assign(new Error('x'), { cause: refused() }) },
    ],
    ['what nobody knows', {}],
  ])('throws ServiceUnavailable, which is tried again, for %s', async (_, fields) => {
    await expect(failing(fields)).rejects.toMatchObject({
      name: 'ServiceUnavailable',
      message: expect.stringMatching(/^SNS cannot answer Publish to arn:topic now: .*said so$/),
    });
  });

  it.each([
    ['a permission that is missing', { name: 'AccessDeniedException' }],
    ['what is not there', { name: 'NotFoundException' }],
    ['a key that is disabled', { name: 'KMSDisabledException' }],
    ['a machine that is not there', { name: 'StateMachineDoesNotExist' }],
    ['whatever the client is blamed for', { name: 'OddlyNamed', $fault: 'client' }],
    ['whatever has such a status', { name: 'OddlyNamed', $metadata: { httpStatusCode: 403 } }],
  ])('throws InvalidConfig, which is not tried again, for %s', async (_, fields) => {
    await expect(failing(fields)).rejects.toMatchObject({
      name: 'InvalidConfig',
      message: expect.stringMatching(/^SNS refused Publish to arn:topic: .*said so\. Correct/),
    });
  });

  it('hands on what is expected, and an answer', async () => {
    const call = { service: 'SNS', operation: 'Publish', expected: ['Known'] };
    const known = Object.assign(new Error('x'), { name: 'Known' });

    await expect(askService(call, () => Promise.reject(known))).rejects.toBe(known);
    await expect(askService(call, async () => 5)).resolves.toBe(5);
  });

  it('does not look for causes without end', async () => {
    const endless = Object.assign(new Error('said so'), { cause: undefined as unknown });
    endless.cause = endless;

    await expect(failing({ cause: endless })).rejects.toMatchObject({ name: 'ServiceUnavailable' });
  });
});

function refused(): Error {
  return Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
}
