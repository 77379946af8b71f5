import { type EventBus, LOCAL_ACCOUNT, LOCAL_REGION, type Warehouse } from '../../contracts.ts';
import type { Validation } from './load/validate-table.ts';
import type { TableMappings } from './mapping/rules.ts';
import type { SelectedTable } from './mapping/select-tables.ts';
import { readTableMappings } from './mapping/table-mappings.ts';
import type { TableName } from './mapping/target-name.ts';
import { type LoadSettings, readTaskSettings } from './task-settings.ts';

/** A full-load task of the local DMS. */
export interface TaskSpec {
  readonly identifier: string;
  /** @default made from the identifier */
  readonly arn?: string;
  /** The parsed JSON document of the task's table mappings. */
  readonly tableMappings: object;
  /** The parsed JSON document of the task's settings. @default DMS' own */
  readonly settings?: object;
  /** @default 'source' */
  readonly sourceDatabase?: string;
  /** @default 'dev' */
  readonly targetDatabase?: string;
  /** A source table, `schema.table`, whose first load fails. */
  readonly failTable?: string;
}

export type TaskStatus = 'ready' | 'starting' | 'running' | 'stopping' | 'stopped' | 'failed';
export type TableLoadState =
  | 'Before load'
  | 'Full load'
  | 'Table completed'
  | 'Table error'
  | 'Table cancelled';

/** One table's part of a load. Times are epoch milliseconds. */
export interface TableProgress {
  readonly from: SelectedTable;
  readonly to: TableName;
  state: TableLoadState;
  rows: number;
  validation: Validation;
  startedAt?: number;
  endedAt?: number;
  updatedAt: number;
}

/** A task and where it stands. Times are epoch milliseconds. */
export interface Task {
  readonly spec: TaskSpec;
  readonly arn: string;
  readonly mappings: TableMappings;
  settings: LoadSettings;
  readonly createdAt: number;
  status: TaskStatus;
  stopReason?: string;
  lastFailureMessage?: string;
  /** The last start of any kind. */
  startedAt?: number;
  /** Moves on a fresh start and on a reload of the target. */
  freshStartAt?: number;
  /** Moves on a fresh start and on a resume. */
  startAt?: number;
  stoppedAt?: number;
  tables: readonly TableProgress[];
  /** Present while the task runs. */
  run?: { readonly abort: AbortController; readonly ended: Promise<void> };
  /** True until the table that is to fail has failed. */
  failurePending: boolean;
}

/** @throws Error where the table mappings or the settings are not valid */
export function createTask(spec: TaskSpec, now: number): Task {
  return {
    spec,
    arn: spec.arn ?? `arn:aws:dms:${LOCAL_REGION}:${LOCAL_ACCOUNT}:task:${resourceId(spec.identifier)}`,
    mappings: readTableMappings(spec.tableMappings),
    settings: readTaskSettings(spec.settings ?? {}),
    createdAt: now,
    status: 'ready',
    tables: [],
    failurePending: spec.failTable !== undefined,
  };
}

/** A source table's name as settings of the local stack and lines of the log have it. */
export function sourceName({ from: { table } }: TableProgress): string {
  return `${table.schema}.${table.name}`;
}

/** Upper-case letters and digits, as in the ids that DMS gives its resources. */
function resourceId(identifier: string): string {
  return identifier.toUpperCase().replace(/[^A-Z0-9]/g, '');
}

/** What a running task needs of the world. */
export interface RunContext {
  readonly warehouse: Warehouse;
  readonly bus: EventBus;
  /** Epoch milliseconds, every one later than the one before. */
  readonly nextDate: () => number;
  /** Gets each line of a task's log: what DMS writes to CloudWatch Logs, and no answer of it says. */
  readonly log: (task: string, line: string) => void;
}

/** The database user of DMS. */
export const DMS_USER = 'dms';
