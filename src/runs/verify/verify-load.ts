import * as z from 'zod';
import { TargetSchema } from '../../data-api/target.ts';
import {
  LoadIncomplete,
  SchemaChanged,
  ServiceUnavailable,
  type StatementFailed,
} from '../../errors/errors.ts';
import type { Dms } from '../../loads/describe-task.ts';
import { judgeTables } from '../../loads/judge-tables.ts';
import type { TaskSettings } from '../../loads/task-settings.ts';
import { ContractVersionSchema } from '../../statements/contract-version.ts';
import type { QueryContext } from '../../statements/query.ts';
import { assertSameLoad } from '../same-load.ts';
import { askDms, patientDms } from './ask-dms.ts';
import { AuditedStepSchema, type AuditReport, readAudits } from './audit-report.ts';
import { describeModes, findUncountable, listWarnings } from './judge-settings.ts';
import { RunRecordSchema, recordRun } from './record-run.ts';
import { splitTables } from './used-tables.ts';
import { verifyColumns } from './verify-columns.ts';
import { verifyStaging } from './verify-staging.ts';

/** What the states Verify_Full_Load and Confirm_Load send; `phase` says which of the two it is. */
export const VerifyRequestSchema = z.object({
  contractVersion: ContractVersionSchema,
  phase: z.enum(['verify', 'confirm']),
  pipeline: z.string().min(1),
  load: z.object({
    id: z.string().min(1),
    tasks: z.array(
      z.object({ identifier: z.string().min(1), arn: z.string().min(1), startedAt: z.string().min(1) }),
    ),
  }),
  stagedTables: z.array(
    z.object({
      table: z.string().min(1),
      source: z.string().min(1).nullable(),
      task: z.string().min(1).nullable(),
      minRows: z.int().min(0),
      /** Its columns; absent where they are as the migrations have left them. */
      columns: z.array(z.object({ name: z.string().min(1), type: z.string().min(1) })).optional(),
      extra: z.enum(['allow', 'warn', 'fail']).optional(),
      /** Steps that consume the table; absent if none does. */
      consumedBy: z.array(z.object({ step: z.string().min(1), fenceTable: z.string().min(1) })).optional(),
    }),
  ),
  /** Of Confirm_Load: steps with audits, and the tables that hold what these found. */
  audits: z.array(AuditedStepSchema).optional(),
  /** Of Confirm_Load: what the warehouse keeps of the run. */
  record: RunRecordSchema.optional(),
  /** Whether tables that the pipeline does not use decide, too. @default fail */
  otherTables: z.enum(['fail', 'ignore']).optional(),
  target: TargetSchema,
  execution: z.object({
    arn: z.string().min(1),
    name: z.string().min(1),
    startedAt: z.iso.datetime({ offset: true }).optional(),
    redriveCount: z.int().min(0),
  }),
});
export type VerifyRequest = z.infer<typeof VerifyRequestSchema>;

export interface VerifyContext extends QueryContext {
  readonly dms: Dms;
}

/** Rows of each staged table, as verified; the fence of each step counts them again. */
export interface VerifyAnswer {
  /**
   * `schema.table=rows`, separated by commas: the form in which the fence reads it. `schema.table=consumed` stands
   * for a table that a step has emptied in an earlier run of the same load.
   */
  readonly stagedRows: string;
  /** What somebody should know although the load is complete; may be empty. */
  readonly warnings: readonly string[];
  /** When the last of the load's tasks has stopped, where DMS says it. */
  readonly loadEndedAt?: Date;
}

/**
 * Runs before the steps. It makes sure that every table of every task was loaded completely, that DMS's own
 * validation (if enabled) found no difference, and that staging holds the rows.
 * @throws LoadIncomplete listing everything that is missing
 * @throws SchemaChanged listing the columns of staged tables that are not as they should be
 * @throws LoadChanged when staging holds another load, or is being filled
 * @throws ServiceUnavailable, RedshiftUnavailable when AWS does not answer, or while validation goes on: the state is
 * retried
 */
export async function verifyLoad(context: VerifyContext, request: VerifyRequest): Promise<VerifyAnswer> {
  const dms = patientDms(context.dms, context);
  const { loads, tasks, settings } = await askDms(dms, request.load);
  const { used, others } = splitTables(request, tasks);
  const { problems, pending, warnings } = judgeTables(used, tasks.length);
  const refuse = (found: readonly string[], failure?: StatementFailed) =>
    refuseIncomplete(dms, request, { problems: found, failure, settings });
  await refuse([...problems, ...findUncountable(settings, request.stagedTables)]);
  if (pending.length > 0) throw stillValidated(request, pending);
  const columns = verifyColumns(context, request, request.stagedTables);
  // What keeps rows from being counted says more than what keeps columns from being read.
  columns.catch(() => undefined);
  const staging = await verifyStaging(context, request, tasks);
  await refuse(staging.problems, staging.failure);
  const shape = await columns;
  // The load may have changed while it was counted.
  await assertSameLoad(dms, request.load);
  if (shape.problems.length > 0)
    throw schemaChanged(request, [...shape.problems, ...describeModes(settings)]);
  const ends = loads.flatMap(({ stoppedAt }) => stoppedAt ?? []);
  return {
    ...(ends.length === 0 ? {} : { loadEndedAt: new Date(Math.max(...ends.map(Number))) }),
    stagedRows: staging.stagedRows,
    warnings: [
      ...listWarnings(settings, judgeTables(others, tasks.length).problems),
      ...warnings,
      ...shape.warnings,
    ],
  };
}

function schemaChanged({ load, pipeline }: VerifyRequest, problems: readonly string[]): SchemaChanged {
  return new SchemaChanged(
    `staging of load ${load.id} of ${pipeline} has another shape, this run has not touched production: ${problems.join('; ')}`,
  );
}

/**
 * Runs after the steps. It makes sure that staging still holds the load that was verified, reads the results of the audits, and
 * records the run in the warehouse.
 * @throws LoadChanged when staging holds another load, or is being filled
 * @throws ServiceUnavailable, RedshiftUnavailable when AWS does not answer; StatementFailed, InvalidConfig
 */
export async function confirmLoad(
  context: VerifyContext,
  { audits, record, ...request }: VerifyRequest,
): Promise<Partial<AuditReport>> {
  await assertSameLoad(patientDms(context.dms, context), request.load);
  const [found, unrecorded] = await Promise.all([
    audits === undefined ? NO_AUDITS : readAudits(context, request, audits),
    record === undefined ? [] : recordRun(context, request, record),
  ]);
  if (unrecorded.length === 0) return found;
  return { ...found, warnings: [...(found.warnings ?? []), ...unrecorded] };
}

const NO_AUDITS: Partial<AuditReport> = {};

/** The error while DMS still validates. The state is retried for an hour and a half. */
function stillValidated({ load, pipeline }: VerifyRequest, pending: readonly string[]): ServiceUnavailable {
  return new ServiceUnavailable(
    `DMS has not finished validating load ${load.id} of ${pipeline}. Redrive the run to wait again: ${pending.join('; ')}`,
  );
}

interface Refusal {
  readonly problems: readonly string[];
  /** Of the count. */
  readonly failure: StatementFailed | undefined;
  readonly settings: readonly TaskSettings[];
}

/**
 * Throws the error for a load that is not complete. The reason may be that the next load has begun, or what the task
 * does with its tables.
 * @throws LoadChanged when the next load has begun, StatementFailed when only the count failed, LoadIncomplete
 * otherwise
 */
async function refuseIncomplete(
  dms: Dms,
  { load, pipeline }: VerifyRequest,
  { problems, failure, settings }: Refusal,
): Promise<void> {
  if (problems.length === 0 && failure === undefined) return;
  await assertSameLoad(dms, load);
  const modes = describeModes(settings);
  if (failure !== undefined && modes.length === 0) throw failure;
  const all = [...problems, ...modes, ...(failure === undefined ? [] : [failure.message])];
  throw new LoadIncomplete(
    `load ${load.id} of ${pipeline} is not complete. This run has not touched production: ${all.join('; ')}`,
  );
}
