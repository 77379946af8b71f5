/** A table of a task, as DMS tells of it. Times are epoch milliseconds. */
export interface LoadedTable {
  /** In the source, without schema. */
  readonly name: string;
  /** `schema.name` in staging. */
  readonly staged: string;
  state: 'Before load' | 'Full load' | 'Table completed' | 'Table error';
  rows: number;
  endedAt?: number;
}

/** What DescribeReplicationTasks tells of a task. Times are epoch milliseconds. */
export interface DmsTaskState {
  readonly status: 'ready' | 'starting' | 'running' | 'stopped' | 'failed';
  readonly stopReason?: string | undefined;
  readonly freshAt?: number | undefined;
  readonly startAt?: number | undefined;
  readonly stopAt?: number | undefined;
  /** Settles only some time after the start: until then it is that of the load before. */
  readonly fullLoadAt?: number | undefined;
}

/** A load as it really was: what the invariants hold the pipelines against. */
export interface TrueLoad {
  readonly taskArn: string;
  /** The later of its two dates: what identifies it. */
  readonly startedAt: number;
  /** When staging was emptied for it. */
  readonly freshAt: number;
  endedAt?: number;
  /** It ended with "full load finished". */
  isFinished: boolean;
  /** Tables that it loaded wholly, by name in staging, with rows. */
  readonly complete: Map<string, number>;
}

export interface DmsTask {
  readonly arn: string;
  readonly identifier: string;
  tables: readonly LoadedTable[];
  /** Every state it has had, the last one last: answers that lag tell an earlier one. */
  readonly course: { readonly at: number; readonly state: DmsTaskState }[];
  readonly loads: TrueLoad[];
  /** Present while it runs: aborted when it is told to stop. */
  run?: AbortController | undefined;
}

export function createModelTask(
  arn: string,
  identifier: string,
  tables: readonly Pick<LoadedTable, 'name' | 'staged'>[],
): DmsTask {
  return {
    arn,
    identifier,
    tables: tables.map((table) => ({ ...table, state: 'Before load', rows: 0 })),
    course: [{ at: 0, state: { status: 'ready' } }],
    loads: [],
  };
}

export function stateOf({ course }: DmsTask): DmsTaskState {
  return course.at(-1)?.state ?? { status: 'ready' };
}

/** Tables of a task, as staging calls them, that its last load has not loaded wholly. */
export function missingTables({ tables, loads }: DmsTask): readonly string[] {
  const complete = loads.at(-1)?.complete;
  return tables.map(({ staged }) => staged).filter((name) => !complete?.has(name));
}

/** How a load is repaired: resumed where tables are missing; a table that came empty counts as loaded, and takes a reload. */
export function repairMode({ tables }: DmsTask): 'resume' | 'reload' {
  return tables.every(({ state }) => state === 'Table completed') ? 'reload' : 'resume';
}
