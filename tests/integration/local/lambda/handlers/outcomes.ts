/** A handler that ends in every way a handler can, told by the event's `mode`. */
import type { Context } from 'aws-lambda';
import { loadedIn } from './module-with-environment.ts';

class StatementFailed extends Error {
  override readonly name = 'StatementFailed';
}

interface Event {
  readonly mode: string;
}

const never = () => new Promise<never>(() => undefined);

const OUTCOMES: Readonly<Record<string, (context: Context) => unknown>> = {
  nothing: () => undefined,
  large: () => 'x'.repeat(6 * 2 ** 20 + 200),
  circular: () => {
    const value: Record<string, unknown> = {};
    value.self = value;
    return value;
  },
  throw: () => {
    throw new StatementFailed('relation "dbo.x" does not exist');
  },
  text: () => {
    throw 'only a text';
  },
  rejection: () => {
    void Promise.reject(new Error('nobody waits for this'));
    return never();
  },
  timer: () => {
    setTimeout(() => {
      throw new TypeError('thrown in a timer');
    }, 1);
    return never();
  },
  exit: () => process.exit(3),
  memory: () => {
    const kept: unknown[] = [];
    for (;;) kept.push(new Array(100_000).fill({}));
  },
  hang: never,
  print: () => {
    console.log('counted %d', 3);
    console.warn({ some: 'object' });
    process.stdout.write('{"level":"INFO"}\n');
  },
  setVariable: () => {
    process.env.CHANGED = 'yes';
    return { own: process.env.CHANGED };
  },
  getVariable: () => ({ own: process.env.CHANGED ?? 'unset' }),
  environment: () => ({ now: process.env.AWS_LAMBDA_FUNCTION_NAME, loadedIn, variables: { ...process.env } }),
  context: (context) => ({ ...context, remaining: context.getRemainingTimeInMillis() }),
};

export async function handler(event: Event, context: Context): Promise<unknown> {
  const outcome = OUTCOMES[event.mode];
  return outcome ? await outcome(context) : { event };
}
