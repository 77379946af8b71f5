import type { World } from '../world.ts';

const TRIES = 6;
const PAUSE_MS = 60_000;

/** Has start-run do something by hand; a person tries again when it fails. */
export async function ask({ lambda, clock, log }: World, request: object): Promise<void> {
  log(`somebody asks ${JSON.stringify(request)}`);
  for (let turn = 0; turn < TRIES; turn += 1) {
    const { functionError } = await lambda.request('start-run', request);
    if (functionError === undefined) return;
    await clock.sleep(PAUSE_MS);
  }
}
