import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findLatestAttempt } from '../../../src/statements/latest-attempt.ts';
import { timeForms, writeTime } from '../../fixtures/step-functions-time.ts';
import { redriven, stepRequest } from '../../fixtures/step-request.ts';

const NIGHT = Date.parse('2026-11-24T03:00:00.000Z');
/** Around a second, so that fractions decide; some of them are whole seconds. */
const moments = fc.oneof(fc.integer({ min: -1_500, max: 1_500 }), fc.constantFrom(-1_000, 0, 1_000));

/** A Data API that lists one statement of the step, submitted then. */
const listing = (submittedAt: number) =>
  ({
    send: async () => ({
      Statements: [
        {
          Id: '11111111-2222-3333-4444-555555555555',
          StatementName: 'run-1/Load_Orders/1',
          QueryStrings: stepRequest.sqls,
          Status: 'FAILED',
          CreatedAt: new Date(submittedAt),
          IsBatchStatement: true,
        },
      ],
    }),
  }) as never;

describe('the last attempt of a step', () => {
  it('belongs to this life if it was submitted since the redrive, however that time is written', async () => {
    await fc.assert(
      fc.asyncProperty(moments, moments, timeForms, async (submitted, redrivenAt, form) => {
        const request = redriven(stepRequest, writeTime(NIGHT + redrivenAt, form));

        const record = await findLatestAttempt(listing(NIGHT + submitted), request);

        expect(record?.redriveSeen).toBe(submitted >= redrivenAt ? 1 : 0);
      }),
    );
  });
});
