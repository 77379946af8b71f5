import { InvalidConfig } from '../../errors/errors.ts';
import {
  isPattern,
  selectTables,
  type TableMappings,
  type TableName,
  targetName,
} from '../../local/parts.ts';
import { foldName } from '../../names/names.ts';
import { namedTables } from '../tables/tables-of-mappings.ts';
import type { FoundStage } from './found-stage.ts';
import { sourceCandidates } from './source-candidates.ts';

/** The tables of the source that a task loads, as far as a stage shows them. */
export interface ResolvedSources {
  readonly tables: readonly TableName[];
  /** Of these, the ones whose names in the source were inferred from the tables of the warehouse, `schema.name`. */
  readonly inferred: readonly string[];
  /** Patterns of names that selected no table, as far as the stage shows. */
  readonly unresolved: readonly string[];
}

/**
 * The tables that mappings name exactly, those that the task has loaded, and for patterns without a load those that the tables of the
 * warehouse can have come from.
 * @throws InvalidConfig where there are none
 */
export function resolveSources(
  mappings: TableMappings,
  {
    loaded,
    task,
    warehouse,
  }: Pick<FoundStage, 'loaded' | 'task'> & { readonly warehouse: Pick<FoundStage['warehouse'], 'targets'> },
  targetSchema: string,
): ResolvedSources {
  const { tables: named, patterns } = namedTables(mappings);
  const seen = loaded.filter((table) => isSelected(mappings, table));
  const known = distinct([...named, ...seen]);
  const isTaken = (target: string) =>
    known.some((source) => folded(targetName(mappings, source, targetSchema)) === target);
  const open = patterns.filter((pattern) => !seen.some((table) => matches(mappings, pattern, table)));
  const inferred = open.flatMap((pattern) =>
    warehouse.targets
      .filter((target) => !isTaken(target))
      .flatMap((target) => inferSource(mappings, pattern, target, targetSchema)),
  );
  const tables = distinct([...known, ...inferred]);
  const unresolved = open.filter((pattern) => !inferred.some((table) => matches(mappings, pattern, table)));
  if (tables.length > 0) return { tables, inferred: inferred.map(whole), unresolved: unresolved.map(whole) };
  throw new InvalidConfig(
    `the table mappings of task ${task.identifier} select ${patterns.map(whole).join(', ') || 'nothing'}, it has loaded nothing yet, and the warehouse has no table that would come from there. Name the tables: --tables schema.table,schema.table`,
  );
}

/** A table of the source that would become this table of the warehouse. */
function inferSource(
  mappings: TableMappings,
  pattern: TableName,
  target: string,
  targetSchema: string,
): readonly TableName[] {
  // Of a schema that is a pattern, too, nobody knows the name.
  if (isPattern(pattern.schema)) return [];
  const { schema } = pattern;
  const object = target.slice(target.indexOf('.') + 1);
  const name = sourceCandidates(mappings, 'table', object, schema).find(
    (candidate) => folded(targetName(mappings, { schema, name: candidate }, targetSchema)) === target,
  );
  return name !== undefined && matches(mappings, pattern, { schema, name }) ? [{ schema, name }] : [];
}

/** Whether this rule selects the table, and no other one excludes it. */
function matches(mappings: TableMappings, pattern: TableName, table: TableName): boolean {
  const own = mappings.selection.filter(
    ({ action, schemaName, tableName }) =>
      action === 'exclude' || (schemaName === pattern.schema && tableName === pattern.name),
  );
  return isSelected({ ...mappings, selection: own }, table);
}

function isSelected(mappings: TableMappings, table: TableName): boolean {
  return selectTables(mappings, [{ ...table, kind: 'table', columns: [], key: [] }]).length === 1;
}

function distinct(tables: readonly TableName[]): readonly TableName[] {
  return [...new Map(tables.map((table) => [JSON.stringify([table.schema, table.name]), table])).values()];
}

function folded(table: TableName): string {
  return foldName(whole(table));
}

function whole({ schema, name }: TableName): string {
  return `${schema}.${name}`;
}
