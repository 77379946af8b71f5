import { isPattern, targetName } from '../../local/parts.ts';
import { foldName } from '../../names/names.ts';
import { plainName } from '../derived-names.ts';
import { STAGED_MARK } from '../tables/describe-table.ts';
import { readMappings } from '../tables/table-mappings.ts';
import { namedTables } from '../tables/tables-of-mappings.ts';
import { type FoundStage, targetSchemaOf } from './found-stage.ts';
import { resolveSources } from './resolve-sources.ts';

/**
 * What is looked for in the warehouse: the schemas that a task loads into, of their tables those that it fills, and the procedures that
 * would be written for these.
 * @param named tables of the source that are asked for, `schema.name`; absent: all that the task loads
 * @throws InvalidConfig for mappings that the local DMS does not take, or that select no table
 */
export function namesInWarehouse(
  found: Pick<FoundStage, 'mappings' | 'settings' | 'loaded' | 'task'>,
  named: readonly string[] | undefined,
) {
  const mappings = readMappings(found.mappings).read;
  const targetSchema = targetSchemaOf(found.settings);
  const { tables, patterns } = namedTables(mappings);
  const asked = named?.map((table) => {
    const dot = table.indexOf('.');
    return { schema: table.slice(0, dot), name: table.slice(dot + 1) };
  });
  const sources = [...(asked ?? []), ...tables, ...found.loaded, ...patterns];
  const schemas = sources
    .filter(({ schema }) => !isPattern(schema))
    .map((source) => foldName(targetName(mappings, source, targetSchema).schema));
  return {
    schemas: [...new Set(schemas)],
    stagedOf: (targets: readonly string[]) =>
      (asked ?? resolveSources(mappings, { ...found, warehouse: { targets } }, targetSchema).tables).map(
        (source) => {
          const { schema, name } = targetName(mappings, source, targetSchema);
          return foldName(`${schema}.${name}`);
        },
      ),
    procedureNamesFor: (staged: readonly string[]) =>
      staged.map((table) => {
        const dot = table.indexOf('.');
        return `${table.slice(0, dot)}.${plainName(table.slice(dot + 1).replace(STAGED_MARK, ''), 'sp_load_')}`;
      }),
  };
}
