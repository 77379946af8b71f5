import '../../../src/simulation/product/handler-environment.ts';

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHandler } from '../../../handlers/start-run.ts';
import * as errors from '../../../src/errors/errors.ts';
import type { StartRunAnswer } from '../../../src/runs/start-run.ts';
import { ORDERS_TASK_ARN, orders } from '../../fixtures/pipeline.ts';
import { extent } from '../../fixtures/runner/extent.ts';
import { anyInput } from './fuzzed-inputs.ts';
import { circumstances, createWorld, type Times } from './start-run-worlds.ts';

const INPUTS = extent(3_000, 100_000);
const OUTCOMES = ['started', 'already-started', 'ignored', 'waiting', 'held'];
const ERRORS = ['InvalidEvent', 'ServiceUnavailable', 'InvalidConfig'];

const ERROR_TYPES = Object.values(errors);
const KNOWN = new Set([...OUTCOMES, ...ERRORS]);

/** An event comes up to five minutes after the stop, and tells whole seconds. */
const [RESOLUTION_MS, DELAY_MS] = [1_000, 5 * 60_000];

const invocation = { awsRequestId: 'request-1' };

/** The answer's outcome, or the name of the error if it is one of ours. */
async function outcomeOf(answer: Promise<StartRunAnswer>): Promise<string> {
  try {
    const { outcome, reason } = await answer;
    return reason === '' ? 'no reason' : outcome;
  } catch (error) {
    const type = ERROR_TYPES.find((candidate) => error instanceof candidate);
    return type === undefined ? `not ours: ${String(error)}` : type.name;
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

const worlds = circumstances.map((given) => {
  const { context, begin } = createWorld(given);
  return { load: given.load, begin, handler: createHandler(context) };
});

describe('the handler of start-run', () => {
  const { stackTraceLimit } = Error;
  const { env } = process;
  // Stacks that nobody reads, and a worker's slow environment, would take half of the time.
  beforeAll(() => {
    Error.stackTraceLimit = 0;
    process.env = { ...env };
  });
  afterAll(() => {
    Error.stackTraceLimit = stackTraceLimit;
    process.env = env;
  });

  it('answers anything with a typed result or error, and starts a run for a finished load alone', async () => {
    const outcomes = new Set<string>();

    await fc.assert(
      fc.asyncProperty(fc.nat(worlds.length - 1), anyInput, async (index, input) => {
        const { load, begin, handler } = worlds[index] as (typeof worlds)[number];
        const starts = begin();

        const outcome = await outcomeOf(handler(input, invocation as never));

        outcomes.add(outcome);
        const allowed = starts.length === 0 || (starts.length === 1 && asksFor(load, input));
        if (!allowed || !KNOWN.has(outcome)) expect.fail(`${outcome}, ${starts.length} executions`);
      }),
      { numRuns: INPUTS },
    );

    expect([...outcomes].toSorted()).toEqual([...KNOWN].toSorted());
  });
});
