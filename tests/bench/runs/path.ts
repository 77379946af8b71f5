import type { Findings, Subject } from '../subject.ts';
import { NETWORK_MS } from '../waiting/measure-wait.ts';
import { benchPipeline, deployProduct } from '../world/product.ts';
import { createBenchWorld, type SeenCall } from '../world/world.ts';

const MOST_IN_SEQUENCE = 6;

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

async function measure(): Promise<Findings> {
  const world = createBenchWorld({ secondsOf: () => 5, networkMs: NETWORK_MS });
  const pipeline = benchPipeline('bench-one', { Statement: [] });
  const begunMs = world.clock.now();
  const { execution } = await deployProduct(world, [pipeline]).finishLoad(pipeline);
  await execution.whenEnded();
  const submission = world.calls.find(({ by }) => by === 'start-statement') as SeenCall;
  const path = world.calls.filter(({ startMs }) => startMs < submission.startMs);
  const chain = longestChain([...path, submission]);
  const invocations = world.invocations.filter(({ startMs }) => startMs <= submission.startMs);
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
        ...{ ours: (submission.startMs + NETWORK_MS - begunMs) / 1000, unit: 's', kind: 'ratio' },
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
        title: 'Functions on the path. Each that is cold adds its cold start',
        columns: ['function', 'milliseconds, warm'],
        rows: invocations.map(({ name, startMs, endMs }) => [`\`${name}\``, String(endMs - startMs)]),
      },
    ],
  };
}

export const path: Subject = {
  name: 'path',
  title: 'From the end of a load to the first statement',
  about: `In virtual time, with ${NETWORK_MS} ms of network each way. The event of DMS reaches start-run; the clock stops when the first statement reaches the Data API. Queries take no time in the warehouse here.`,
  measure,
};
