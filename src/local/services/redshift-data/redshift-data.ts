import type { Clock } from '../../../clock.ts';
import type { EventBus, Service, Warehouse } from '../../contracts.ts';
import { createStatementOperations } from './operation/statement-operations.ts';
import { createSubmissionOperations } from './operation/submission-operations.ts';
import { createSubmitter } from './operation/submit-statement.ts';
import { AWS_RESULT_LIMITS, type ResultLimits } from './result/result-set.ts';
import { RETENTION_LIMITS, type RetentionLimits } from './retention.ts';
import { createRunner, type StatementDisturbance } from './run-statement.ts';
import { createSessionPool } from './session-pool.ts';
import { createStatementStore } from './statement-store.ts';

export interface RedshiftDataOptions {
  readonly warehouse: Pick<Warehouse, 'databases' | 'open'>;
  readonly clock: Clock;
  /** Makes statement ids: UUIDs. */
  readonly ids: () => string;
  readonly bus: EventBus;
  readonly clusters: readonly string[];
  /** Names. The first is also reached by every workgroup ARN. */
  readonly workgroups: readonly string[];
  /** Statements that run at the same time; the rest stays SUBMITTED. @default 50, the most that Redshift's WLM runs */
  readonly sessions?: number;
  /** Measures durations, in milliseconds. @default performance.now */
  readonly elapsed?: () => number;
  /** Told what a background task threw, e.g. the event bus. @default writes it to stderr */
  readonly reportFault?: (error: unknown) => void;
  /** @default nothing */
  readonly disturbance?: StatementDisturbance | undefined;
  readonly limits?: Partial<ResultLimits & RetentionLimits>;
}

/** The Amazon Redshift Data API, version 2019-12-20, over a local warehouse. What is left out: support.ts. */
export function createRedshiftDataService(options: RedshiftDataOptions): {
  readonly service: Service;
  /** Ends what runs and closes every session. */
  close(): Promise<void>;
} {
  const { warehouse, clock, ids, bus } = options;
  const known = { clusters: options.clusters, workgroups: options.workgroups };
  const limits = { ...AWS_RESULT_LIMITS, ...RETENTION_LIMITS, ...options.limits };
  const elapsed = options.elapsed ?? (() => performance.now());
  const reportFault = options.reportFault ?? writeFault;
  const pool = createSessionPool(warehouse, options.sessions ?? 50);
  const store = createStatementStore(clock, limits);
  const { disturbance } = options;
  const run = createRunner({ pool, databases: warehouse.databases, clock, elapsed, limits, disturbance });
  const submit = createSubmitter({ clock, ids, bus, store, run, reportFault });
  const service: Service = {
    name: 'redshift-data',
    json: { targetPrefix: 'RedshiftData', version: '1.1' },
    operations: {
      ...createSubmissionOperations({ clock, known, submit }),
      ...createStatementOperations({ clock, store, known }),
    },
  };
  return { service, close: pool.close };
}

function writeFault(error: unknown): void {
  process.stderr.write(`redshift-data: ${error instanceof Error ? (error.stack ?? error.message) : error}\n`);
}
