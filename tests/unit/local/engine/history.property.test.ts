import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../../../src/local/engine/history.ts';
import { type RandomMachine, randomMachine } from './random-machine.ts';
import { named, startMachine, type TestFunction } from './run-machine.ts';

const ENDS = ['ExecutionSucceeded', 'ExecutionFailed', 'ExecutionTimedOut', 'ExecutionAborted'];

function functionsOf(plan: RandomMachine['plan']): Record<string, TestFunction> {
  return Object.fromEntries(
    Object.entries(plan).map(([name, { seconds, failures }]) => [
      name,
      async (_payload, attempt, clock) => {
        await clock.sleep(seconds * 1000);
        if (attempt <= failures) throw named(`Error_${name}`);
        return { name, attempt };
      },
    ]),
  );
}

/** Runs a random machine; when it fails, redrives it up to twice. */
async function run({ states, plan }: RandomMachine, seed: number, stopAfterMs?: number) {
  const { execution, clock } = startMachine(states, { functions: functionsOf(plan), seed });
  if (stopAfterMs !== undefined) {
    await Promise.race([clock.sleep(stopAfterMs), execution.whenEnded()]);
    execution.stop('Stopped');
  }
  for (let redrives = 0; redrives <= 2; redrives += 1) {
    const { status } = await execution.whenEnded();
    if (status === 'SUCCEEDED' || redrives === 2) break;
    execution.redrive();
  }
  return { execution, clock };
}

/** What is wrong with a history; nothing for a well-formed one. */
function flaws(events: readonly RecordedEvent[]): readonly string[] {
  return [
    ...events.flatMap(({ id, previousEventId, timestamp }, index) => [
      ...(id === index + 1 ? [] : [`id ${id} at ${index}`]),
      ...(previousEventId < id ? [] : [`${id} hangs on ${previousEventId}`]),
      ...(timestamp >= (events[index - 1]?.timestamp ?? 0) ? [] : [`${id} is earlier than the one before`]),
    ]),
    ...(ENDS.includes(events.at(-1)?.type ?? '') ? [] : ['does not end']),
    ...events.flatMap(({ type, id }, index) =>
      ENDS.includes(type) && index !== events.length - 1 && events[index + 1]?.type !== 'ExecutionRedriven'
        ? [`${id} ends too early`]
        : [],
    ),
    ...attemptsOf(events).flatMap(openStates),
  ];
}

/** The parts of a history between redrives. */
function attemptsOf(events: readonly RecordedEvent[]): readonly (readonly RecordedEvent[])[] {
  const attempts: RecordedEvent[][] = [[]];
  for (const event of events) {
    if (event.type === 'ExecutionRedriven') attempts.push([]);
    attempts.at(-1)?.push(event);
  }
  return attempts;
}

/**
 * Every state that was entered is left, aborted, or the one that failed: at the top at most one, and one for each
 * attempt of a Parallel state that neither succeeded nor was aborted itself. An end from outside closes nothing.
 */
function openStates(events: readonly RecordedEvent[]): readonly string[] {
  const last = events.at(-1)?.type;
  if (last === 'ExecutionAborted' || last === 'ExecutionTimedOut') return [];
  const count = (kind: string) => events.filter(({ type }) => type.endsWith(kind)).length;
  const open = count('StateEntered') - count('StateExited') - count('StateAborted');
  const unfinished = count('ParallelStateStarted') - count('ParallelStateSucceeded');
  const most = unfinished + (last === 'ExecutionFailed' ? 1 : 0);
  const least = most - count('ParallelStateAborted');
  return open >= least && open <= most ? [] : [`${open} states stay open, not ${least} to ${most}`];
}

describe('a history', () => {
  it('is well-formed for any machine, over redrives', async () => {
    await fc.assert(
      fc.asyncProperty(randomMachine, async (machine) => {
        const { execution, clock } = await run(machine, 1);

        expect(flaws(execution.history)).toEqual([]);
        await clock.sleep(1_000_000);
        expect(clock.pending).toBe(0);
      }),
      { numRuns: 200 },
    );
  });

  it('is well-formed when the execution is stopped at any moment and redriven', async () => {
    await fc.assert(
      fc.asyncProperty(randomMachine, fc.nat(200_000), async (machine, stopAfterMs) => {
        const { execution } = await run(machine, 1, stopAfterMs);

        expect(flaws(execution.history)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('is the same for the same seed', async () => {
    await fc.assert(
      fc.asyncProperty(randomMachine, fc.integer(), async (machine, seed) => {
        const first = await run(machine, seed);
        const second = await run(machine, seed);

        expect(second.execution.history).toEqual(first.execution.history);
      }),
      { numRuns: 100 },
    );
  });
});
