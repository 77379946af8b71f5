import { readDeployedService } from '../../../src/local-stage/service-file.ts';
import { coldStarts } from '../functions/cold-start.ts';
import type { Findings, Measuring, Subject } from '../subject.ts';
import { NETWORK_MS } from '../waiting/measure-wait.ts';
import { benchPipeline, deployProduct } from '../world/product.ts';
import { createBenchWorld, type SeenCall } from '../world/world.ts';

const MOST_IN_SEQUENCE = 6;

/** Memory in MB at which a function has a whole processor: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const WHOLE_PROCESSOR_MB = 1_769;

/** What a call stands behind: the longest chain of calls of which each began when the one before had ended. */
export function longestChain(calls: readonly SeenCall[]): readonly SeenCall[] {
  const chains: (readonly SeenCall[])[] = [];
  for (const call of calls.toSorted((a, b) => a.startMs - b.startMs)) {
    const before = chains.filter((chain) => (chain.at(-1)?.endMs ?? 0) <= call.startMs);
    chains.push([...(longest(before) ?? []), call]);
  }
  return longest(chains) ?? [];
}

function longest(chains: readonly (readonly SeenCall[])[]): readonly SeenCall[] | undefined {
  return chains.toSorted((a, b) => b.length - a.length)[0];
}

async function measure(measuring: Measuring): Promise<Findings> {
  const world = createBenchWorld({ secondsOf: () => 5, networkMs: NETWORK_MS });
  const pipeline = benchPipeline('bench-one', { Statement: [] });
  const begunMs = world.clock.now();
  const { execution } = await deployProduct(world, [pipeline]).finishLoad(pipeline);
  await execution.whenEnded();
  const submission = world.calls.find(({ by }) => by === 'start-statement') as SeenCall;
  const path = world.calls.filter(({ startMs }) => startMs < submission.startMs);
  const chain = longestChain([...path, submission]);
  const invocations = world.invocations.filter(({ startMs }) => startMs <= submission.startMs);
  const warmMs = submission.startMs + NETWORK_MS - begunMs;
  const cold = await coldStarts(measuring);
  const addsOf = (name: string) => cold.get(name) ?? { wholeMs: Number.NaN, answerMs: Number.NaN };
  const names = [...new Set(invocations.map(({ name }) => name))];
  const addedMs = names.reduce((sum, name) => sum + addsOf(name).wholeMs, 0);
  const slowerBy = WHOLE_PROCESSOR_MB / readDeployedService().provider.memorySize - 1;
  const throttledMs = names.reduce((sum, name) => sum + addsOf(name).answerMs * slowerBy, 0);
  return {
    figures: [
      {
        what: 'calls of AWS in sequence, from the event of DMS to the first submission',
        ...{ ours: chain.length, unit: '', bar: { most: MOST_IN_SEQUENCE }, kind: 'ratio' },
      },
      {
        what: 'all calls on that path',
        ...{ ours: path.length + 1, unit: '', kind: 'ratio' },
      },
      {
        what: 'warm: from the event to the first submission',
        ...{ ours: warmMs / 1000, unit: 's', kind: 'ratio' },
      },
      {
        what: 'cold: the same, with the cold start of each function on the path',
        ...{ ours: (warmMs + addedMs) / 1000, unit: 's', kind: 'clock' },
      },
      {
        what: 'cold, where first answers have the share of a processor that the deployed memory buys',
        ...{ ours: (warmMs + addedMs + throttledMs) / 1000, unit: 's', kind: 'clock' },
      },
    ],
    tables: [
      {
        title: 'The calls in sequence',
        columns: ['function', 'calls'],
        rows: [...Map.groupBy(chain, ({ by }) => by)].map(([by, calls]) => [
          `\`${by}\``,
          calls.map(({ name }) => name).join(', '),
        ]),
      },
      {
        title: 'Functions on the path, until they answer; start-statement also waits for its statement',
        columns: ['function', 'milliseconds, warm', 'a cold start adds', 'of that the first answer'],
        rows: invocations.map(({ name, startMs, endMs }) => [
          `\`${name}\``,
          ...[endMs - startMs, addsOf(name).wholeMs, addsOf(name).answerMs].map((ms) => ms.toFixed(0)),
        ]),
      },
    ],
  };
}

export const path: Subject = {
  name: 'path',
  title: 'From the end of a load to the first statement',
  about: `In virtual time, with ${NETWORK_MS} ms of network each way. The event of DMS reaches start-run; the clock stops when the first statement reaches the Data API. Queries take no time in the warehouse here. A cold start is what the subject cold-start measures on this machine, with a whole processor and with Node's own start; fetching the code and TLS are not in it.`,
  measure,
};
