import { expect, it } from 'vitest';
import { createLambdaService, LAMBDA_SUPPORT } from '../../../../src/local/services/lambda/create-lambda.ts';
import { createManualClock } from '../../../fixtures/manual-clock.ts';

it('the table of what Lambda does has a row for each operation', () => {
  const { operations } = createLambdaService({
    functions: [],
    clock: createManualClock(),
    settings: () => ({ endpointUrl: '' }),
    sendToQueue: async () => undefined,
    onLog: () => undefined,
  }).service;
  const rows = LAMBDA_SUPPORT.filter(({ field }) => field === undefined).map(({ operation }) => operation);

  expect(rows.toSorted()).toEqual(Object.keys(operations).sort());
});
