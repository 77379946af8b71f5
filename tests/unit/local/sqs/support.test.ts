import { expect, it } from 'vitest';
import { SQS_SUPPORT } from '../../../../src/local/services/sqs/create-sqs.ts';
import { createLocalSqs } from './local-sqs.ts';

it('the table of what SQS does has a row for each operation', () => {
  const { operations } = createLocalSqs().sqs.service;
  const rows = SQS_SUPPORT.filter(({ field }) => field === undefined).map(({ operation }) => operation);

  expect(rows.toSorted()).toEqual(Object.keys(operations).sort());
});
