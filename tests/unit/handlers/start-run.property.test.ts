import '../../../src/simulation/product/handler-environment.ts';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHandler } from '../../../handlers/start-run.ts';
import * as errors from '../../../src/errors.ts';
import type { StartRunAnswer } from '../../../src/runs/start-run.ts';
import { ORDERS_TASK_ARN, orders } from '../../fixtures/pipeline.ts';
import { anyInput } from './fuzzed-inputs.ts';
import { circumstances, createWorld, type Times } from './start-run-worlds.ts';

const INPUTS = 100_000;
const OUTCOMES = ['started', 'already-started', 'ignored', 'waiting', 'held'];
const ERRORS = ['InvalidEvent', 'LoadUnsettled', 'InvalidConfig'];

/** An event comes up to five minutes after the stop, and tells whole seconds. */
const [RESOLUTION_MS, DELAY_MS] = [1_000, 5 * 60_000];

const invocation = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 60_000 };

/** The answer's outcome, or the name of the error if it is one of ours. */
async function outcomeOf(answer: Promise<StartRunAnswer>): Promise<string> {
  try {
    const { outcome, reason } = await answer;
    return reason === '' ? 'no reason' : outcome;
  } catch (error) {
    const isOurs = Object.values(errors).some((type) => error instanceof type);
    return isOurs && error instanceof Error ? error.name : `not ours: ${String(error)}`;
  }
}

/** Whether an input asks for this load's run: a person's request, or an event of its end. */
function asksFor(load: Times | undefined, input: unknown): boolean {
  if (load === undefined) return false;
  const { source, pipeline, resources, detail, time } = Object(input);
  if (source === undefined) return pipeline === orders.name;
  const at = Date.parse(time);
  return (
    source === 'aws.dms' &&
    resources.includes(ORDERS_TASK_ARN) &&
    detail.eventType === 'REPLICATION_TASK_STOPPED' &&
    at >= Date.parse(load.startedAt) - RESOLUTION_MS &&
    at <= Date.parse(load.stoppedAt) + DELAY_MS
  );
}

describe('the handler of start-run', () => {
  it('answers anything with a typed result or error, and starts a run for a finished load alone', async () => {
    const outcomes = new Set<string>();

    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...circumstances), anyInput, async (given, input) => {
        const { context, starts } = createWorld(given);

        const outcome = await outcomeOf(createHandler(context)(input, invocation as never));

        outcomes.add(outcome);
        expect([...OUTCOMES, ...ERRORS]).toContain(outcome);
        expect(starts).toHaveLength(outcome === 'started' ? 1 : 0);
        if (outcome === 'started') expect(asksFor(given.load, input)).toBe(true);
      }),
      { numRuns: INPUTS },
    );

    expect([...outcomes].toSorted()).toEqual([...OUTCOMES, ...ERRORS].toSorted());
  });
});
