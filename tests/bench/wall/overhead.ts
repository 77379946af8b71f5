import { BatchExecuteStatementCommand, DescribeStatementCommand } from '@aws-sdk/client-redshift-data';
import type { Findings, Subject } from '../subject.ts';
import { benchPipeline, deployProduct } from '../world/product.ts';
import { type ServedWorld, serveWorld, shortestInTurn, timed } from './served-world.ts';

const STEPS = 30;
const SECONDS = 0.1;
const ROUNDS = 5;

const TARGET = { ClusterIdentifier: 'redshiftcluster-abcd', Database: 'dev' };

/** What a loop does that knows nothing but the SDK: submit, and ask until it has ended. */
async function runBare({ client }: ServedWorld): Promise<void> {
  for (let step = 0; step < STEPS; step += 1) {
    const Sqls = [`CALL bench.step_${step}()`];
    const { Id } = await client.send(
      new BatchExecuteStatementCommand({ ...TARGET, Sqls, WaitTimeSeconds: 1 }),
    );
    await client.send(new DescribeStatementCommand({ Id, WaitTimeSeconds: 30 }));
  }
}

/** Milliseconds from the first statement's beginning to the last one's end. */
async function runProduct({ world, client }: ServedWorld): Promise<number> {
  const names = Array.from({ length: STEPS }, (_, index) => `Step_${index}`);
  const chain = Object.fromEntries(
    names.map((name, index) => [name, names.slice(Math.max(0, index - 1), index)]),
  );
  const pipeline = benchPipeline('bench-thirty', chain, 600);
  const seen = world.statements.length;
  const { execution } = await deployProduct(world, [pipeline], { own: { api: client } }).finishLoad(pipeline);
  const end = await execution.whenEnded();
  if (end.status !== 'SUCCEEDED') throw new Error(JSON.stringify(end));
  return (world.statements.at(-1)?.endMs ?? 0) - (world.statements[seen]?.startMs ?? 0);
}

async function measure(): Promise<Findings> {
  const served = await serveWorld(SECONDS);
  try {
    const [ours, bare] = await shortestInTurn(
      ROUNDS,
      () => runProduct(served),
      () => timed(() => runBare(served)),
    );
    return {
      figures: [
        {
          what: `${STEPS} steps of ${SECONDS * 1000} ms, beside a bare loop of the SDK's client`,
          ...{ ours: ours / bare, unit: '×', bar: { most: 1.3 }, kind: 'ratio' },
        },
        {
          what: 'a step takes longer than its statement by',
          ...{ ours: ours / STEPS - SECONDS * 1000, unit: 'ms', kind: 'clock' },
        },
      ],
      tables: [],
    };
  } finally {
    await served.close();
  }
}

export const overhead: Subject = {
  name: 'overhead',
  title: 'Overhead of a step',
  about: `On the wall clock: the engine and the handlers in one process, the Data API behind the local endpoint, real SDK clients. Shortest of ${ROUNDS} interleaved runs.`,
  measure,
};
