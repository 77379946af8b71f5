import { describe, expect, it } from 'vitest';
import { shortNameOf } from '../../../../src/cli/pipeline-by-name.ts';
import { describeStop } from '../../../../src/cli/screen/describe-stop.ts';
import { hintsAfterFailure, tryNext } from '../../../../src/cli/screen/try-next.ts';
import { readRun } from '../../../../src/run-history/read-run.ts';
import { orders } from '../../../fixtures/pipeline.ts';

const ARN =
  'arn:aws:states:us-east-1:000000000000:execution:load-orders-local:20261124T134512000Z-0f3a5c9e7b21';
const run = { ...readRun(orders, []), status: 'RUNNING' as const };

describe('what to try next', () => {
  it('is about the pipeline that ran', async () => {
    const name = await shortNameOf(orders);

    expect(tryNext(orders, name).join('\n')).toContain(`npm run -s asl -- ${orders.name} `);
    expect(tryNext(orders, name).join('\n')).not.toContain('--sample');
    expect(hintsAfterFailure(orders, 'as-published').join('\n')).not.toContain('customers');
  });
});

describe('what is said after Ctrl-C', () => {
  it('names the run, the step and its statement', () => {
    const steps = run.steps.map((step, index) =>
      index === 0 ? { ...step, state: 'running' as const, statementId: 'd9b6c0c9' } : step,
    );

    expect(describeStop('SIGINT', { executionArn: ARN, run: { ...run, steps } })).toEqual([
      'stopped: Ctrl-C',
      `  the run 20261124T134512000Z-0f3a5c9e7b21 was cancelled at ${steps[0]?.name} (statement d9b6c0c9)`,
    ]);
  });

  it('says when there was no run, or it had ended', () => {
    expect(describeStop('SIGTERM', undefined)).toEqual(['stopped: SIGTERM', '  no run had started']);
    expect(describeStop('SIGINT', { executionArn: ARN, run: { ...run, status: 'SUCCEEDED' } })[1]).toMatch(
      /had ended: SUCCEEDED$/,
    );
  });
});
