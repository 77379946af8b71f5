import { expect, it } from 'vitest';
import { createSnsService, SNS_SUPPORT } from '../../../../src/local/services/sns/create-sns.ts';

it('the table of what SNS does has a row for each operation', () => {
  const { operations } = createSnsService({ topics: [], onNotification: () => undefined }).service;
  const rows = SNS_SUPPORT.filter(({ field }) => field === undefined).map(({ operation }) => operation);

  expect(rows.toSorted()).toEqual(Object.keys(operations).sort());
});
