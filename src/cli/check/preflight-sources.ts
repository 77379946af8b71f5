import { fileURLToPath } from 'node:url';
import { systemClock } from '../../clock.ts';
import type { DataApi } from '../../data-api/describe.ts';
import type { Target } from '../../data-api/target.ts';
import type { Pipeline } from '../../definition/pipeline.ts';
import type { Dms } from '../../loads/describe-task.ts';
import { readTableMappings, selectTables, targetName } from '../../local/parts.ts';
import { reviewMigrations } from '../../migrations/migrate.ts';
import { readMigrations } from '../../migrations/migration-files.ts';
import { createSqlRunner } from '../../migrations/sql-runner.ts';
import type { MappingsReader } from '../../preflight/dms/judge-mappings.ts';
import type { PreflightSources } from '../../preflight/preflight.ts';
import type { MigrationReview } from '../../preflight/warehouse/judge-migrations.ts';
import type { WarehouseUsers } from '../../preflight/warehouse/warehouse-facts.ts';
import { askWarehouse } from '../../report/read/ask-warehouse.ts';

const MIGRATIONS = fileURLToPath(new URL('../../../sql/migrations', import.meta.url));

/** Where a stage is looked at, and as whom. */
export interface PreflightPlace {
  readonly pipelines: readonly Pipeline[];
  /** All pipelines of the tree: migrations are made for all of them. */
  readonly allPipelines: readonly Pipeline[];
  readonly api: DataApi;
  readonly dms: Dms;
  readonly taskArns: Readonly<Record<string, string>>;
  /** As the runtime user. */
  readonly target: Target;
  /** As the user who migrates; absent where migrations were just applied. @throws InvalidConfig where nobody says who that is */
  readonly ownerTarget?: () => Target;
  /** Whether the session's user is the runtime user. */
  readonly runsAsSession: boolean;
  readonly users: WarehouseUsers;
  /** The user of the target endpoint, whose grants count. @default the one of `users` */
  readonly dmsLogin?: string | undefined;
  /** Looks at what only AWS has around tasks. */
  readonly asksAround?: boolean;
  /** The command that applies migrations. */
  readonly migrate: string;
  /** @default sql/migrations */
  readonly folder?: string | undefined;
}

/** Joins the checks with the services that they ask. */
export function preflightSources(place: PreflightPlace): PreflightSources {
  const { api, target, users, pipelines, dms, taskArns, migrate, ownerTarget, runsAsSession } = place;
  const { dmsLogin = users.dms, asksAround } = place;
  const isOther = dmsLogin !== users.dms;
  const repairs = isOther
    ? { users: { ...users, dms: dmsLogin }, migrate: `${migrate} --dms-user ${dmsLogin}` }
    : { users, migrate };
  return {
    warehouse: {
      pipelines,
      ask: (what, sql) => askWarehouse({ api, target, clock: systemClock }, { name: 'check', what }, sql),
      ...(ownerTarget === undefined ? {} : { review: () => review(place, ownerTarget()) }),
      readFiles: () => readStatementsOf(place),
      ...{ repairs, runsAsSession, target: describePlace(target) },
    },
    dms: {
      ...{ pipelines, dms, taskArns, readMappings },
      ...(asksAround ? { around: { dmsUser: users.dms, target, clock: systemClock } } : {}),
    },
  };
}

async function readStatementsOf({ users, folder = MIGRATIONS }: PreflightPlace): Promise<readonly string[]> {
  const files = await readMigrations(folder, users);
  return files.flatMap(({ statements }) => statements.map(({ text }) => text));
}

async function review(
  { api, allPipelines: pipelines, users: placeholders, folder = MIGRATIONS }: PreflightPlace,
  target: Target,
): Promise<MigrationReview> {
  const runner = createSqlRunner(api, target);
  const { contradictions, due } = await reviewMigrations({ runner, folder, placeholders, pipelines });
  return { contradictions, due: due.map(({ script }) => script) };
}

/** As the local DMS reads them, which follows AWS’s documentation. */
const readMappings: MappingsReader = (document, targetSchema) => {
  const mappings = readTableMappings(document);
  return {
    targetOf: (source) => {
      const table = { ...source, kind: 'table' as const, columns: [], key: [] };
      const selected = [table, { ...table, kind: 'view' as const }].flatMap((one) =>
        selectTables(mappings, [one]),
      );
      return selected.length === 0 ? undefined : targetName(mappings, source, targetSchema);
    },
  };
};

function describePlace(target: Target): string {
  const warehouse =
    'clusterIdentifier' in target
      ? `cluster ${target.clusterIdentifier}`
      : `workgroup ${target.workgroupName}`;
  return `database ${target.database} of ${warehouse}`;
}
