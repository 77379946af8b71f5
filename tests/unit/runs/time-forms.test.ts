import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeLoadSet } from '../../../src/runs/load-set.ts';
import { VerifyRequestSchema } from '../../../src/runs/verify/verify-load.ts';
import { ORDERS_TASK_ARN } from '../../fixtures/pipeline.ts';
import { readEvent } from '../../fixtures/sample-event.ts';
import { timeForms, writeTime } from '../../fixtures/step-functions-time.ts';

const NIGHT = Date.parse('2026-11-24T01:00:00.000Z');
const moments = fc.oneof(fc.integer({ min: -1_500, max: 1_500 }), fc.constantFrom(-1_000, 0, 1_000));

describe('a time of Step Functions', () => {
  it('is taken by verify-load with 0 to 9 digits, with Z or an offset', async () => {
    const event = await readEvent<{ execution: object }>('verify-load.json');

    await fc.assert(
      fc.asyncProperty(moments, timeForms, async (ms, form) => {
        const startedAt = writeTime(NIGHT + ms, form);
        const request = { ...event, execution: { ...event.execution, startedAt } };

        expect(Date.parse(VerifyRequestSchema.parse(request).execution.startedAt ?? '')).toBe(NIGHT + ms);
      }),
    );
  });

  it('says of a load that it was used, however it is written', async () => {
    await fc.assert(
      fc.asyncProperty(moments, moments, timeForms, async (loaded, used, form) => {
        const load = {
          kind: 'finished' as const,
          taskArn: ORDERS_TASK_ARN,
          startedAt: new Date(NIGHT + loaded),
        };
        const other = { ...load, taskArn: `${ORDERS_TASK_ARN}-2`, startedAt: new Date(NIGHT + 5_000) };
        const lastRun = { [ORDERS_TASK_ARN]: writeTime(NIGHT + used, form) };

        const { kind } = judgeLoadSet([load, other] as never, 12, lastRun);

        expect(kind).toBe(loaded <= used ? 'waiting' : 'ready');
      }),
    );
  });
});
