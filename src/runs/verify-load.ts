import * as z from 'zod';
import type { Clock } from '../clock.ts';
import { LoadIncomplete } from '../errors/errors.ts';
import { findIncompleteTables, findMissingRows } from '../loads/completeness.ts';
import type { Dms } from '../loads/current-load.ts';
import { listTableStates } from '../loads/table-statistics.ts';
import { ContractVersionSchema } from '../statements/contract-version.ts';
import { countRows } from '../statements/count-rows.ts';
import type { DataApi } from '../statements/describe.ts';
import { TargetSchema } from '../statements/target.ts';
import { adviseReload, findConsumed } from './consumed-tables.ts';
import { assertSameLoad } from './same-load.ts';

/** What the states Verify_Full_Load and Confirm_Load send. */
export const VerifyRequestSchema = z.object({
  contractVersion: ContractVersionSchema,
  phase: z.enum(['verify', 'confirm']),
  pipeline: z.string().min(1),
  load: z.object({
    id: z.string().min(1),
    tasks: z.array(z.object({ arn: z.string().min(1), startedAt: z.string().min(1) })),
  }),
  stagedTables: z.array(
    z.object({
      table: z.string().min(1),
      source: z.string().min(1).nullable(),
      minRows: z.int().min(0),
      /** Steps that empty it; absent where none does. */
      consumedBy: z.array(z.object({ step: z.string().min(1), fenceTable: z.string().min(1) })).optional(),
    }),
  ),
  target: TargetSchema,
  execution: z.object({
    arn: z.string().min(1),
    name: z.string().min(1),
    startedAt: z.iso.datetime({ offset: true }).optional(),
    redriveCount: z.int().min(0),
  }),
});
export type VerifyRequest = z.infer<typeof VerifyRequestSchema>;

export interface VerifyContext {
  readonly dms: Dms;
  readonly api: DataApi;
  readonly clock: Clock;
  /** 0 up to, not including, 1. */
  random(): number;
  /** Milliseconds that the invocation has left. */
  remainingMs(): number;
}

/** Rows of each staged table, as verified; the fence of each step counts them again. */
export interface VerifyAnswer {
  /**
   * `schema.table=rows`, comma between: the form in which the fence takes it. `consumed` stands for the rows of a table
   * that a step has emptied which an earlier run of the same load has done.
   */
  readonly stagedRows: string;
  /** When the last of the load's tasks has stopped, where DMS says it. */
  readonly loadEndedAt?: Date;
}

/**
 * Before the steps: makes sure that every table of every task was loaded completely, and that staging holds the rows. After
 * them: that the load is still the one that was verified.
 * @throws LoadIncomplete listing everything that is missing
 * @throws LoadChanged when staging holds another load, or is being filled
 * @throws ServiceUnavailable, RedshiftUnavailable when AWS does not answer: the state asks again
 */
export async function verifyLoad(
  context: VerifyContext,
  request: VerifyRequest,
): Promise<VerifyAnswer | Record<string, never>> {
  const loads = await assertSameLoad(context.dms, request.load);
  if (request.phase === 'confirm') return {};
  const perTask = await Promise.all(
    loads.map(async (load) => {
      const tables = await listTableStates(context.dms, load.taskArn);
      return { tables, problems: findIncompleteTables(load, tables) };
    }),
  );
  await refuseIncomplete(
    context,
    request,
    perTask.flatMap(({ problems }) => problems),
  );
  const consumed = await findConsumed(context, request, request.stagedTables);
  const counted = request.stagedTables.filter(({ table }) => !consumed.has(table));
  const staged = await countStaged(context, request, counted);
  const missing = findMissingRows(
    counted,
    staged,
    perTask.flatMap(({ tables }) => tables),
  );
  await refuseIncomplete(context, request, [...missing, ...adviceFor(counted, missing)]);
  // The load may have changed while it was counted.
  await assertSameLoad(context.dms, request.load);
  const ends = loads.flatMap(({ stoppedAt }) => stoppedAt ?? []);
  return {
    ...(ends.length === 0 ? {} : { loadEndedAt: new Date(Math.max(...ends.map(Number))) }),
    stagedRows: request.stagedTables
      .map(({ table }) => `${table}=${consumed.has(table) ? 'consumed' : (staged[table] ?? 0)}`)
      .join(','),
  };
}

async function countStaged(
  context: VerifyContext,
  request: VerifyRequest,
  counted: VerifyRequest['stagedTables'],
): Promise<Readonly<Record<string, number>>> {
  const tables = counted.map(({ table }) => table);
  return tables.length === 0 ? {} : countRows(context, request, tables);
}

function adviceFor(counted: VerifyRequest['stagedTables'], missing: readonly string[]): readonly string[] {
  const short = counted.filter(({ table }) => missing.some((problem) => problem.startsWith(`${table}:`)));
  return [adviseReload(short) ?? []].flat();
}

/** What is missing may be so because the next load has begun meanwhile. @throws LoadChanged then, LoadIncomplete otherwise */
async function refuseIncomplete(
  { dms }: VerifyContext,
  { load, pipeline }: VerifyRequest,
  problems: readonly string[],
): Promise<void> {
  if (problems.length === 0) return;
  await assertSameLoad(dms, load);
  throw new LoadIncomplete(
    `load ${load.id} of ${pipeline} is not complete, production is untouched: ${problems.join('; ')}`,
  );
}
