import type { TableName } from '../../local/parts.ts';
import type { CatalogFacts, ProcedureFacts } from '../../preflight/warehouse/warehouse-facts.ts';

/** A column of a table that is there. */
export interface FoundColumn {
  readonly name: string;
  /** As the catalog writes it: `character varying(10)`. */
  readonly type: string;
  readonly isNullable: boolean;
}

/** A table of the warehouse that is there already. */
export interface FoundTable {
  /** `schema.name`, in lower case. */
  readonly name: string;
  readonly columns: readonly FoundColumn[];
  /** Columns of its primary key, which Redshift notes and does not enforce; none where it has no key. */
  readonly key: readonly string[];
}

/** A procedure of the warehouse that is there already. */
export interface FoundProcedure extends ProcedureFacts {
  /** Absent where the catalog does not tell them. */
  readonly argumentNames?: readonly string[];
}

/** What a stage has of a pipeline that is to be written: its DMS task, and what its warehouse holds. */
export interface FoundStage {
  readonly stage: string;
  readonly task: { readonly identifier: string; readonly arn: string };
  /** The document of the task's table mappings. */
  readonly mappings: object;
  /** The document of the task's settings; undefined where DMS does not show them. */
  readonly settings: object | undefined;
  /** What is wrong with the task as it is, in words. */
  readonly faults: readonly string[];
  /** Tables of the source that the task has loaded. */
  readonly loaded: readonly TableName[];
  readonly warehouse: FoundWarehouse;
}

/** What is there of what the pipeline needs. Users are called `runtime` and `dms`, whatever the stage calls them. */
export interface FoundWarehouse {
  /** Names of the tables in the schemas that the task loads into, `schema.name`. */
  readonly targets: readonly string[];
  readonly tables: readonly FoundTable[];
  readonly procedures: readonly FoundProcedure[];
  readonly catalog: Pick<CatalogFacts, 'schemas' | 'tables'>;
}

/** The TargetSchema of a task's settings; empty where there is none. */
export function targetSchemaOf(settings: unknown): string {
  const { TargetMetadata: metadata } = (settings ?? {}) as { TargetMetadata?: { TargetSchema?: unknown } };
  return typeof metadata?.TargetSchema === 'string' ? metadata.TargetSchema : '';
}
