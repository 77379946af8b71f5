import type { Clock } from '../../../src/clock.ts';
import { AwsError } from '../../../src/local/parts.ts';

/** A bucket of tokens: each call takes one, and so many come back each second. */
export interface Quota {
  readonly bucket: number;
  readonly perSecond: number;
}

const perSecond = (rate: number): Quota => ({ bucket: rate, perSecond: rate });

/**
 * Documented default quotas of an account in us-east-1. The Data API's cannot be raised.
 * https://docs.aws.amazon.com/redshift/latest/mgmt/data-api.html
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Limits.html
 */
export const AWS_QUOTAS = {
  ExecuteStatement: perSecond(30),
  BatchExecuteStatement: perSecond(20),
  DescribeStatement: perSecond(100),
  GetStatementResult: perSecond(20),
  ListStatements: perSecond(3),
  CancelStatement: perSecond(3),
  StartExecution: { bucket: 1_300, perSecond: 300 },
  DescribeExecution: { bucket: 300, perSecond: 15 },
  ListExecutions: { bucket: 200, perSecond: 5 },
  DescribeStateMachine: { bucket: 200, perSecond: 20 },
  ListTagsForResource: { bucket: 100, perSecond: 1 },
  'all of DMS': { bucket: 200, perSecond: 8 },
} as const satisfies Readonly<Record<string, Quota>>;

export type QuotaName = keyof typeof AWS_QUOTAS;

const SHARED: Readonly<Record<string, QuotaName>> = {
  DescribeReplicationTasks: 'all of DMS',
  DescribeTableStatistics: 'all of DMS',
};

/** Functions that may run at once in an account. */
const CONCURRENCY = 1_000;

/** The SDK's standard retries of a throttled call: three attempts, and a random part of half a second, then of a second. */
const ATTEMPTS = 3;
const RETRY_BASE_MS = 500;

/** How much of a quota was used. */
export interface Usage {
  calls: number;
  refused: number;
}

/** Quotas of an account that are enforced. */
export interface Quotas {
  readonly usage: ReadonlyMap<QuotaName, Usage>;
  /** Most functions that ran at once. */
  readonly mostRunning: number;
  /** Takes a call. @throws AwsError ThrottlingException where its quota is used up */
  admitCall(name: string): void;
  /** Takes an invocation. @throws AwsError TooManyRequestsException */
  admitInvocation(): void;
  /** Tells where functions run. */
  watch(functions: { readonly running: number }): void;
  /** Makes a call again that was throttled, as the SDK does. */
  retried<T>(call: () => Promise<T>): Promise<T>;
}

/** A bucket that is full. */
export function createBucket({ bucket, perSecond: rate }: Quota, clock: Pick<Clock, 'now'>) {
  let tokens: number = bucket;
  let at = clock.now();
  const refill = () => {
    tokens = Math.min(bucket, tokens + ((clock.now() - at) / 1000) * rate);
    at = clock.now();
  };
  return {
    /** Whether there was a token. */
    take(): boolean {
      refill();
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
    /** Takes the next token. Answers the milliseconds until it is there. */
    reserve(): number {
      refill();
      tokens -= 1;
      return Math.max(0, (-tokens / rate) * 1000);
    },
  };
}

/** @param enforced names of quotas; others have no limit */
export function enforceQuotas(enforced: readonly QuotaName[], clock: Clock, random: () => number): Quotas {
  const buckets = new Map<string, ReturnType<typeof createBucket>>();
  const usage = new Map<QuotaName, Usage>();
  const watched: { readonly running: number }[] = [];
  let mostRunning = 0;
  for (const name of enforced) {
    buckets.set(name, createBucket(AWS_QUOTAS[name], clock));
    usage.set(name, { calls: 0, refused: 0 });
  }
  const countRunning = () => {
    const running = watched.reduce((sum, functions) => sum + functions.running, 0);
    mostRunning = Math.max(mostRunning, running);
    return running;
  };
  return {
    usage,
    get mostRunning() {
      return mostRunning;
    },
    admitCall(operation) {
      const name = SHARED[operation] ?? (operation as QuotaName);
      const used = usage.get(name);
      if (used === undefined) return;
      if (buckets.get(name)?.take()) {
        used.calls += 1;
        return;
      }
      used.refused += 1;
      throw new AwsError('ThrottlingException', 'Rate exceeded', 400);
    },
    admitInvocation() {
      if (countRunning() >= CONCURRENCY)
        throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
    },
    watch: (functions) => void watched.push(functions),
    async retried(call) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await call();
        } catch (error) {
          if ((error as Error).name !== 'ThrottlingException' || attempt === ATTEMPTS) throw error;
          await clock.sleep(random() * RETRY_BASE_MS * 2 ** (attempt - 1));
        }
      }
    },
  };
}
