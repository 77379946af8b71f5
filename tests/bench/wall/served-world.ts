import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { systemClock } from '../../../src/clock.ts';
import { createEndpoint } from '../../../src/local/endpoint/endpoint.ts';
import { type BenchWorld, createBenchWorld } from '../world/world.ts';

/** The local Data API behind the local endpoint, on the machine's clock, and an SDK client in front of it. */
export interface ServedWorld {
  readonly world: BenchWorld;
  readonly url: string;
  readonly client: RedshiftDataClient;
  close(): Promise<void>;
}

/** @param seconds that every procedure runs */
export async function serveWorld(seconds: number): Promise<ServedWorld> {
  const world = createBenchWorld({ secondsOf: () => seconds, networkMs: 0, clock: systemClock });
  const endpoint = await createEndpoint({ services: [world.service], port: 0 });
  const client = new RedshiftDataClient({
    ...{ endpoint: endpoint.url, region: 'us-east-1', maxAttempts: 1 },
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });
  return {
    ...{ world, url: endpoint.url, client },
    async close() {
      client.destroy();
      await endpoint.close();
    },
  };
}

/** Milliseconds that something takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** The shortest times of two things that take turns, so that what disturbs the machine disturbs both. */
export async function shortestInTurn(
  rounds: number,
  first: () => Promise<number>,
  second: () => Promise<number>,
): Promise<readonly [number, number]> {
  let shortest: readonly [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < rounds; round += 1)
    shortest = [Math.min(shortest[0], await first()), Math.min(shortest[1], await second())];
  return shortest;
}
