import type { Context } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createLambdaHandler } from '../../../src/aws/lambda-handler.ts';

const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 60_000 } as Context;
const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;

describe('createLambdaHandler', () => {
  it('leaves it to Lambda to end an invocation whose time is up: that is tried again', async () => {
    const begun = Promise.withResolvers<void>();
    const handler = createLambdaHandler(z.unknown(), () => {
      begun.resolve();
      return new Promise<never>(() => {});
    });
    const before = timers();

    void handler({}, context);
    await begun.promise;

    expect(timers()).toBe(before);
  });
});
