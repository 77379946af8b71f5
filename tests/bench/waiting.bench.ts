import { describe, it } from 'vitest';
import { compileStateMachine } from '../../src/compile/machine/state-machine.ts';

import { decide } from '../../src/statements/decide.ts';
import { classifyFailure } from '../../src/statements/failure/classify-failure.ts';
import { orders } from '../fixtures/pipeline.ts';

const policy = { timeoutSeconds: 60, attempts: 4, retryOn: [], commits: false };
const input = { policy, ageMs: 0, timedOut: false, retries: 0, redriveCount: 0, redriveSeen: 0 };

describe('what a function does beside waiting', () => {
  it('costs little beside a call that does nothing', async ({ bench }) => {
    await bench.compare(
      bench('nothing: an empty call', () => {}),
      bench(
        'decide about a running statement',
        () => void decide({ ...input, statement: { status: 'STARTED' } }),
      ),
      bench('classify an unknown failure', () => void classifyFailure('ERROR: boom')),
      bench('compile a state machine', () => void compileStateMachine(orders)),
    );
  });
});
