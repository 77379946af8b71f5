import { awsErrorName } from '../../aws-errors/transient-error.ts';
import type { Pipeline } from '../../definition/pipeline.ts';
import { InvalidConfig, StatementFailed } from '../../errors/errors.ts';
import { ELT_SCHEMA } from '../../names/elt-tables.ts';
import { couldNotLook, type Finding, type FindingOf, lookAt, messageOf } from '../finding.ts';
import { auditedColumns, judgeAuditedColumns, readColumns } from './audited-columns.ts';
import { judgeMigrations, type MigrationReview } from './judge-migrations.ts';
import { judgeNested } from './judge-nested.ts';
import { judgeNonatomic } from './judge-nonatomic.ts';
import { judgeProcedures, judgePython } from './judge-procedures.ts';
import { judgeSchemas, judgeTableRights, type Repairs, schemaOf } from './judge-tables.ts';
import { judgeTimeout } from './judge-timeout.ts';
import { calledProcedures, tableNeeds, usedTexts } from './needs.ts';
import { readProceduresDeep } from './nested-procedures.ts';
import {
  type AskCatalog,
  readCatalog,
  readPythonFunctions,
  readSession,
  readUserTimeout,
} from './read-catalog.ts';
import type { ProcedureFacts, SessionFacts } from './warehouse-facts.ts';

/** What the warehouse is looked at with. */
export interface WarehouseSources {
  readonly pipelines: readonly Pipeline[];
  /** As the runtime user, where the caller can be that. */
  readonly ask: AskCatalog;
  /** As the user who migrates. Changes nothing; absent where migrations were just applied. @throws what keeps it from looking */
  readonly review?: () => Promise<MigrationReview>;
  /** Statements of sql/migrations. @throws MigrationFailed for files that cannot be read */
  readFiles(): Promise<readonly string[]>;
  readonly repairs: Repairs;
  /** Whether the user of the session is the one who runs the pipelines: a secret does not say his name. */
  readonly runsAsSession: boolean;
  /** Describes the target, `database dev of cluster x`. */
  readonly target: string;
}

/** Looks at all of the warehouse that the pipelines need. */
export async function checkWarehouse(sources: WarehouseSources): Promise<readonly Finding[]> {
  const { ask, review, target, pipelines } = sources;
  const session = await readSession(ask).catch((error: unknown) => unreachable(target, error));
  // Where nobody can connect, all else would say the same.
  if ('id' in session) return [{ ...session, area: 'warehouse' }];
  const repairs = sources.runsAsSession ? withRuntime(sources.repairs, session.user) : sources.repairs;
  return lookAt('warehouse', [
    { what: 'procedures, tables and grants', find: () => findObjects(sources, repairs) },
    ...(review === undefined
      ? []
      : [{ what: 'the migrations', find: async () => judgeMigrations(await review(), repairs.migrate) }]),
    {
      what: 'the files of sql/migrations',
      find: async () => judgeNonatomic(pipelines, await sources.readFiles()),
    },
    { what: 'statement_timeout', find: () => findTimeouts(sources, session, repairs) },
  ]);
}

function withRuntime(repairs: Repairs, runtime: string): Repairs {
  return { ...repairs, users: { ...repairs.users, runtime } };
}

/** Of another user than that of the session, only what ALTER USER has set is known. */
async function findTimeouts(
  { pipelines, ask }: WarehouseSources,
  { user, statementTimeoutMs }: SessionFacts,
  { users: { runtime } }: Repairs,
): Promise<readonly FindingOf[]> {
  if (user === runtime) return judgeTimeout(pipelines, statementTimeoutMs, user);
  return [
    ...judgeTimeout(pipelines, (await readUserTimeout(ask, runtime)) ?? 0, runtime),
    {
      ...{ id: 'asked-as-another', severity: 'uncertain', where: { user } },
      what: `The warehouse was asked as user ${user}, because only the functions can be ${runtime}. The grants of ${runtime} were looked up.`,
      consequence: `Whether ${runtime} can connect is not known, nor a statement_timeout that does not come from ALTER USER.`,
      repair: 'SHOW statement_timeout; as that user',
    },
  ];
}

/** Whether the warehouse has refused the stage, or the caller could not ask it. */
function unreachable(target: string, error: unknown): FindingOf {
  if (!isRefusedByWarehouse(error)) return couldNotLook(`the warehouse (${target})`, error);
  return {
    ...{ id: 'warehouse-unreachable', severity: 'problem', where: { object: target } },
    what: `No statement runs in ${target}: ${messageOf(error)}`,
    consequence: 'No run can do anything. Nothing else of the warehouse was looked at.',
    repair: 'Correct cluster or workgroup, database and user of the stage in serverless.yml (params).',
  };
}

/** The Data API says of a cluster that it does not know: ValidationException, or ResourceNotFoundException. */
const OF_TARGET = /^(?:Validation|ResourceNotFound)/;

function isRefusedByWarehouse(error: unknown): boolean {
  if (error instanceof StatementFailed) return !/not authorized|access ?denied/i.test(error.message);
  return error instanceof InvalidConfig && OF_TARGET.test(awsErrorName(error.cause));
}

async function findObjects(
  { pipelines, ask }: WarehouseSources,
  repairs: Repairs,
): Promise<readonly FindingOf[]> {
  const { users } = repairs;
  const [procedures, python] = await Promise.all([
    readProceduresDeep(ask, calledProcedures(pipelines), users.runtime),
    readPythonFunctions(ask).catch((error: unknown) => couldNotLook('functions in Python', error)),
  ]);
  const isOwn = ({ name }: ProcedureFacts) => schemaOf(name) === ELT_SCHEMA;
  const theirs = procedures.filter((procedure) => !isOwn(procedure));
  const needs = tableNeeds(pipelines, users, theirs);
  const schemas = [
    ...needs.map(({ table, user }) => ({ schema: schemaOf(table), user })),
    ...calledProcedures(pipelines).map((name) => ({ schema: schemaOf(name), user: users.runtime })),
  ];
  const catalog = await readCatalog(ask, {
    users: [...new Set(schemas.map(({ user }) => user))],
    schemas: [...new Set(schemas.map(({ schema }) => schema))],
    tables: [...new Set(needs.map(({ table }) => table))],
  });
  const audited = auditedColumns(pipelines);
  const columns = await readColumns(ask, [...new Set(audited.map(({ table }) => table))]);
  const texts = [
    ...pipelines.flatMap(({ name, steps }) => steps.flatMap((step) => usedTexts(name, step))),
    ...theirs.map(({ name, body }) => ({ by: `the procedure ${name}`, text: body, where: {} })),
  ];
  return [
    ...judgeSchemas(schemas, catalog, repairs),
    ...judgeProcedures(pipelines, procedures, repairs).filter((finding) =>
      isSchemaThere(finding, catalog.schemas),
    ),
    ...judgeNested(pipelines, procedures, repairs),
    ...judgeTableRights(needs, catalog, repairs),
    ...judgeAuditedColumns(audited, columns, repairs.migrate),
    ...('id' in python ? [python] : judgePython(texts, python)),
  ];
}

/** What is missing with its schema is told once, of the schema. */
function isSchemaThere({ id, where }: FindingOf, schemas: ReadonlyMap<string, unknown>): boolean {
  return id !== 'procedure-missing' || schemas.has(schemaOf(where.object ?? ''));
}
