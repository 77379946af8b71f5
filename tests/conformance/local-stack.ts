import type { Clock } from '../../src/clock.ts';
import {
  createHurriedClock,
  createLocalAws,
  type LocalAws,
  type LocalAwsOptions,
} from '../../src/local/index.ts';
import { TARGET } from './warehouse-steps.ts';

/** The machine's time, which a test can move on; whoever sleeps is woken soon. */
interface MovedClock extends Clock {
  pass(ms: number): void;
}

export function createMovedClock(): MovedClock {
  let passedMs = 0;
  const { now, sleep } = createHurriedClock(20);
  return {
    sleep,
    now: () => now() + passedMs,
    pass: (ms) => {
      passedMs += ms;
    },
  };
}

/** The local AWS with nothing in it but what is named. */
export async function startLocal(options: Partial<LocalAwsOptions>): Promise<LocalAws> {
  return createLocalAws({
    ...{ port: 0, machines: [], rules: [], functions: [], queues: [], topics: [], tasks: [] },
    ...{ clusters: [TARGET.clusterIdentifier], workgroups: [] },
    ...{ onNotification: () => {}, onLog: () => {}, report: () => {} },
    ...options,
  });
}

export function clientConfig({ url }: LocalAws) {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return { endpoint: url, region: 'us-east-1', credentials, maxAttempts: 1 };
}

/** Passes events that a source sends to `take`. */
export function listenTo(source: string, take: (event: unknown) => void): Partial<LocalAwsOptions> {
  // The clock is hurried, and the function's own time is real.
  const tell = { name: 'tell', module: new URL('./handlers/tell.ts', import.meta.url), timeoutSeconds: 600 };
  return {
    functions: [tell],
    rules: [{ name: 'tell', eventPattern: { source: [source] }, targets: [{ functionName: tell.name }] }],
    onLog(name, line) {
      if (name === tell.name && line.includes('{')) take(JSON.parse(line.slice(line.indexOf('{'))));
    },
  };
}
