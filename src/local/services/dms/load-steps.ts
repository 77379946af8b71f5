import { copyTable, type TableCopy } from './load/copy-table.ts';
import type { LoadSteps } from './load/load-tables.ts';
import { type Validation, validateTable } from './load/validate-table.ts';
import { planColumns } from './mapping/plan-columns.ts';
import { DMS_USER, type RunContext, sourceName, type TableProgress, type Task } from './task.ts';

/** Reasons that are told one by one, before the others are only counted. */
const TOLD_REASONS = 3;

/** What a task does with each of its tables, and what its log says of it. */
export function createLoadSteps(
  task: Task,
  signal: AbortSignal,
  context: RunContext,
): LoadSteps<TableProgress> {
  const { nextDate } = context;
  const log = (line: string) => context.log(task.spec.identifier, line);
  const end = (table: TableProgress, state: TableProgress['state'], rows: number) => {
    const endedAt = nextDate();
    Object.assign(table, { state, rows, endedAt, updatedAt: endedAt });
  };
  const validates = task.settings.ValidationSettings.EnableValidation;
  return {
    started(table) {
      table.state = 'Full load';
      table.startedAt = nextDate();
      table.updatedAt = table.startedAt;
    },
    async copy(table) {
      const skipped = tellSkipped(table, log);
      try {
        return await copyTable(await describeCopy(task, table, signal, context, skipped.tell));
      } finally {
        skipped.sum();
      }
    },
    async completed(table, rows) {
      end(table, 'Table completed', rows);
      if (!validates) return;
      table.validation = { state: 'Pending validation', failed: 0 };
      table.validation = await validate(task, table, signal, context);
      table.updatedAt = nextDate();
      const { state, failed } = table.validation;
      if (state !== 'Validated')
        log(`${sourceName(table)}: validation says ${state}${failed ? `: ${failed}` : ''}`);
    },
    failed(table, error) {
      end(table, 'Table error', 0);
      if (validates) table.validation = { state: 'Table error', failed: 0 };
      log(
        `${sourceName(table)} could not be loaded into ${table.to.schema}.${table.to.name}: ${error.message}`,
      );
    },
    cancelled: (table) => end(table, 'Table cancelled', 0),
  };
}

async function describeCopy(
  task: Task,
  table: TableProgress,
  signal: AbortSignal,
  { warehouse, nextDate }: RunContext,
  onSkipped: (reason: string) => void,
): Promise<TableCopy> {
  const { sourceDatabase = 'source', targetDatabase = 'dev', failTable } = task.spec;
  return {
    source: await warehouse.connection(sourceDatabase, DMS_USER),
    target: await warehouse.connection(targetDatabase, DMS_USER),
    from: table.from,
    to: table.to,
    planned: planColumns(task.mappings, table.from.table),
    settings: task.settings,
    loadedAt: table.startedAt ?? nextDate(),
    signal,
    beforeRows() {
      if (!task.failurePending || failTable !== sourceName(table)) return;
      task.failurePending = false;
      throw new Error('the local stack was told to let this table fail once');
    },
    onSkipped,
  };
}

/** A comparison that cannot be made is told as DMS tells it; why, says the log. */
async function validate(
  task: Task,
  table: TableProgress,
  signal: AbortSignal,
  context: RunContext,
): Promise<Validation> {
  try {
    return await validateTable(await describeCopy(task, table, signal, context, () => undefined));
  } catch (error) {
    context.log(
      task.spec.identifier,
      `${sourceName(table)} could not be validated: ${(error as Error).message}`,
    );
    return { state: 'Error', failed: 0 };
  }
}

function tellSkipped(table: TableProgress, log: (line: string) => void) {
  let count = 0;
  return {
    tell(reason: string) {
      count += 1;
      if (count <= TOLD_REASONS) log(`${sourceName(table)}: a row was left out: ${reason}`);
    },
    sum() {
      if (count > TOLD_REASONS) log(`${sourceName(table)}: ${count} rows were left out in all`);
    },
  };
}
