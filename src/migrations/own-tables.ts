import type { Pipeline } from '../definition/pipeline.ts';
import { auditTableName, ELT_SCHEMA, fenceTableName, RUNS } from '../names/elt-tables.ts';
import { hasAudits, isFenced } from '../steps/step.ts';
import { MAX_STATEMENTS } from './history.ts';
import type { Migration } from './migration.ts';
import { checksumOf } from './parse-migration.ts';
import { quoteName, quoteText } from './quote.ts';

/** What the orchestrator itself keeps in the warehouse, made together. */
export interface OwnTables extends Migration {
  readonly kind: 'fence tables' | 'audit tables' | 'record of runs';
  /** Names without a schema. */
  readonly tables: readonly string[];
}

/** One statement of a transaction is the grant. */
const TABLES_AT_ONCE = MAX_STATEMENTS - 1;

/**
 * What makes the tables of pipelines, and lets `runtime` use them: a fence table for each step that is fenced, a table of audits
 * for each that has some, the view of all audits, and the table that records runs. Checks change nothing, and procedures that commit by themselves run
 * outside of the fence.
 */
export function ownTableMigrations(pipelines: readonly Pipeline[], runtime: string): readonly OwnTables[] {
  return [
    ...pipelines.flatMap((pipeline) => tablesOf(pipeline, runtime)),
    ...auditView(pipelines),
    ...(pipelines.length === 0 ? [] : [runsTable(runtime)]),
  ];
}

function tablesOf({ name, steps }: Pipeline, runtime: string): readonly OwnTables[] {
  const fences = steps.filter(isFenced).map((step) => fenceTableName(name, step.name));
  const audits = steps.filter(hasAudits).map((step) => auditTableName(name, step.name));
  return [
    ...inGroups(fences).map((tables, index) => makeTables('fence tables', name, { tables, index, runtime })),
    ...inGroups(audits).map((tables, index) => makeTables('audit tables', name, { tables, index, runtime })),
  ];
}

function inGroups(tables: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(tables.length / TABLES_AT_ONCE) }, (_, index) =>
    tables.slice(index * TABLES_AT_ONCE, (index + 1) * TABLES_AT_ONCE),
  );
}

interface TableGroup {
  readonly tables: readonly string[];
  readonly index: number;
  readonly runtime: string;
}

function makeTables(
  kind: OwnTables['kind'],
  pipeline: string | undefined,
  { tables, index, runtime }: TableGroup,
): OwnTables {
  const qualified = tables.map((table) => `${ELT_SCHEMA}.${table}`);
  const { columns, rights } = SHAPES[kind];
  const sqls = [
    ...qualified.map((table) => `CREATE TABLE IF NOT EXISTS ${table} (\n${columns}\n)\nDISTSTYLE AUTO`),
    `GRANT ${rights} ON ${qualified.join(', ')} TO ${quoteName(runtime)}`,
  ];
  const of = pipeline === undefined ? '' : ` of ${pipeline}`;
  const script = `${kind}${of}${index === 0 ? '' : ` (${index + 1})`}`;
  return { ...toMigration(kind, script, sqls), ...(pipeline === undefined ? {} : { pipeline }), tables };
}

function toMigration(kind: OwnTables['kind'], script: string, sqls: readonly string[]) {
  return {
    ...{ kind, script, description: script },
    checksum: checksumOf(sqls.join(';\n')),
    isTransaction: true,
    statements: sqls.map((text) => ({ text, line: 1 })),
  };
}

/** One row for each run that has published its load. Step Functions forgets a run after 90 days. */
function runsTable(runtime: string): OwnTables {
  return makeTables('record of runs', undefined, { tables: [RUNS], index: 0, runtime });
}

const SHAPES: Readonly<Record<OwnTables['kind'], { readonly columns: string; readonly rights: string }>> = {
  'fence tables': {
    columns: `  load_id         varchar(80)   ENCODE lzo NOT NULL,
  load_started_at varchar(24)   ENCODE lzo NOT NULL,
  execution_arn   varchar(2048) ENCODE lzo NOT NULL,
  recorded_at     timestamp     ENCODE az64 NOT NULL`,
    // LOCK asks for more than reading and adding.
    rights: 'SELECT, INSERT, UPDATE, DELETE',
  },
  'audit tables': {
    columns: `  load_id         varchar(80)   ENCODE lzo NOT NULL,
  load_started_at varchar(24)   ENCODE lzo NOT NULL,
  execution_arn   varchar(2048) ENCODE lzo NOT NULL,
  audit           varchar(2000) ENCODE lzo NOT NULL,
  severity        varchar(4)    ENCODE lzo NOT NULL,
  wrong_rows      bigint        ENCODE az64 NOT NULL,
  counted_rows    bigint        ENCODE az64,
  counted_before  bigint        ENCODE az64,
  audited_at      timestamp     ENCODE az64 NOT NULL`,
    rights: 'SELECT, INSERT',
  },
  'record of runs': {
    columns: `  pipeline        varchar(127)   ENCODE lzo NOT NULL,
  execution_arn   varchar(2048)  ENCODE lzo NOT NULL,
  load_id         varchar(80)    ENCODE lzo NOT NULL,
  load_ended_at   varchar(24)    ENCODE lzo,
  run_started_at  varchar(24)    ENCODE lzo NOT NULL,
  redrives        integer        ENCODE az64 NOT NULL,
  staged_rows     varchar(65535) ENCODE lzo NOT NULL,
  step_durations  varchar(65535) ENCODE lzo NOT NULL,
  recorded_at     timestamp      ENCODE az64 NOT NULL`,
    rights: 'SELECT, INSERT',
  },
};

/** The history of data quality: what each audit of each step found, load by load. None where no step has audits. */
function auditView(pipelines: readonly Pipeline[]): readonly OwnTables[] {
  const tables = pipelines.flatMap(({ name, steps }) =>
    steps.filter(hasAudits).map((step) => selectAudits(name, step.name)),
  );
  if (tables.length === 0) return [];
  const sql = `CREATE OR REPLACE VIEW ${ELT_SCHEMA}.audits AS\n${tables.join('\nUNION ALL\n')}`;
  return [{ ...toMigration('audit tables', 'view of all audits', [sql]), tables: [] }];
}

/** As short as it can be: of a thousand steps, all stand in one statement. */
function selectAudits(pipeline: string, step: string): string {
  const [name, stepName] = [pipeline, step].map((text) => `${quoteText(text)}::varchar(64)`);
  return `SELECT ${name} AS pipeline, ${stepName} AS step, * FROM ${ELT_SCHEMA}.${auditTableName(pipeline, step)}`;
}
