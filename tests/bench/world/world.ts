import type { Clock } from '../../../src/clock.ts';
import type { Service } from '../../../src/local/contracts.ts';
import { createRedshiftDataService } from '../../../src/local/services/redshift-data/redshift-data.ts';
import type { ApiCall } from '../../../src/simulation/product/direct-clients.ts';
import { createFakeWarehouse, type FakeCall, selectResult } from '../../fixtures/fake-warehouse.ts';
import { createPatientClock } from './patient-clock.ts';
import type { Quotas } from './quotas.ts';

/** A call of an AWS API, as whoever made it saw it. Epoch milliseconds of the virtual clock. */
export interface SeenCall {
  readonly name: string;
  /** Name of the function that called, or `machine`. */
  readonly by: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** What Lambda bills of an invocation: the time in the function, without the network before and behind it. */
export interface SeenInvocation {
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** A statement that a procedure of the warehouse was called in, or that checked. */
export interface SeenStatement {
  readonly procedure: string;
  readonly startMs: number;
  endMs: number;
}

/** The local Data API on a virtual clock, a network, and a record of what goes over it. */
export interface BenchWorld {
  readonly clock: Clock;
  readonly networkMs: number;
  readonly quotas?: Quotas | undefined;
  /** The Data API, to be served by an endpoint. */
  readonly service: Service;
  /** Empty where quotas count them. */
  readonly calls: readonly SeenCall[];
  readonly invocations: readonly SeenInvocation[];
  readonly statements: readonly SeenStatement[];
  createId(): string;
  /** Resolves with the Data API's event that a statement has ended, for one that was submitted WithEvent. */
  eventOf(statementId: string): Promise<void>;
  /** Calls over the network, as `by`. The Data API answers; what it does not know, `others`. */
  callAs(by: string, others?: Operations): ApiCall;
  /** Makes an invocation over the network. */
  invoke<T>(name: string, run: () => Promise<T>): Promise<T>;
}

export type Operations = Readonly<Record<string, (input: never) => object | Promise<object>>>;

export interface WorldOptions {
  /** Seconds that a procedure runs. */
  secondsOf(procedure: string): number;
  /** Milliseconds each way. */
  readonly networkMs: number;
  /** @default a virtual one */
  readonly clock?: Clock;
  /** Rows that a staged table has. @default 1 */
  readonly rows?: number;
  /** @default none is enforced */
  readonly quotas?: Quotas;
}

/** Names of the local cluster and database, as the compiled machines send them. */
const CLUSTER = 'redshiftcluster-abcd';

/** @see BenchWorld */
export function createBenchWorld(options: WorldOptions): BenchWorld {
  const { secondsOf, networkMs, rows = 1, clock = createPatientClock(), quotas } = options;
  const travel = async () => {
    if (networkMs > 0) await clock.sleep(networkMs);
  };
  const calls: SeenCall[] = [];
  const invocations: SeenInvocation[] = [];
  const statements: SeenStatement[] = [];
  const createId = createIds();
  const events = new Map<string, PromiseWithResolvers<void>>();
  const eventOf = (id: string) => {
    const known = events.get(id) ?? Promise.withResolvers<void>();
    events.set(id, known);
    return known;
  };
  const answer = async ({ sql }: FakeCall) => {
    const [, called, queried] = WORK.exec(sql) ?? [];
    const procedure = called ?? queried;
    if (procedure === undefined) return selectResult(countsOf(sql, rows));
    const statement = { procedure, startMs: clock.now(), endMs: Number.NaN };
    statements.push(statement);
    await clock.sleep(secondsOf(procedure) * 1000);
    statement.endMs = clock.now();
    return procedure === 'SELECT' ? selectResult([['0']]) : { command: 'CALL', rowCount: -1 };
  };
  const { service } = createRedshiftDataService({
    warehouse: createFakeWarehouse(answer),
    ...{ clock, ids: createId, elapsed: clock.now },
    bus: { publish: async ({ detail }) => eventOf(String(detail.statementId)).resolve() },
    ...{ clusters: [CLUSTER], workgroups: [], sessions: 500 },
  });
  return {
    ...{ clock, networkMs, quotas, service, calls, invocations, statements, createId },
    eventOf: (id) => eventOf(id).promise,
    callAs: (by, others = {}) => {
      const operations = { ...dataApiOperations(service), ...others };
      const callOnce: ApiCall = async (name, input) => {
        const operation = operations[name];
        if (operation === undefined) throw new TypeError(`the bench's world has no ${name}`);
        const startMs = clock.now();
        await travel();
        try {
          quotas?.admitCall(name);
          return await operation(structuredClone(input) as never);
        } finally {
          await travel();
          if (quotas === undefined) calls.push({ name, by, startMs, endMs: clock.now() });
        }
      };
      return quotas === undefined ? callOnce : (name, input) => quotas.retried(() => callOnce(name, input));
    },
    async invoke(name, run) {
      await travel();
      const startMs = clock.now();
      try {
        return await run();
      } finally {
        invocations.push({ name, startMs, endMs: clock.now() });
        await travel();
      }
    },
  };
}

function dataApiOperations({ operations }: Service): Operations {
  const context = { requestId: 'bench', region: 'us-east-1', signal: new AbortController().signal };
  return Object.fromEntries(
    Object.entries(operations ?? {}).map(([name, run]) => [
      name,
      async (input: never) => (await run(input, context)) as object,
    ]),
  );
}

/** A procedure that is not the system's own, or the query of a check. */
const WORK = /^(?:CALL (?!elt\.)([\w.]+)|(SELECT) count\(\*\) AS wrong_rows)/;

const COUNTED = /SELECT '([^']+)' AS staged_table/g;

/** Counted rows of staged tables. Any other query finds nothing. */
function countsOf(sql: string, rows: number): readonly (readonly string[])[] {
  return [...sql.matchAll(COUNTED)].map(([, table = '']) => [table, String(rows)]);
}

function createIds(): () => string {
  let last = 0;
  return () => {
    last += 1;
    return `00000000-0000-4000-9000-${String(last).padStart(12, '0')}`;
  };
}
