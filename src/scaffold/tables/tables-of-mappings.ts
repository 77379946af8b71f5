import { InvalidConfig } from '../../errors/errors.ts';
import { isPattern, selectTables, type TableMappings, type TableName } from '../../local/parts.ts';

/** What mappings say of the tables of the source. */
interface NamedTables {
  readonly tables: readonly TableName[];
  /** Patterns of names that may select more of them, which only the source knows. */
  readonly patterns: readonly TableName[];
}

/**
 * The tables that mappings name exactly, as {@link namedTables} has them.
 * @throws InvalidConfig where they name none
 */
export function tablesOf(mappings: TableMappings): NamedTables {
  const named = namedTables(mappings);
  if (named.tables.length > 0) return named;
  const patterns = named.patterns.map(({ schema, name }) => `${schema}.${name}`);
  throw new InvalidConfig(
    `the table mappings select no table by its whole name, only by patterns (${patterns.join(', ') || 'none'}). Name the tables: --tables schema.table,schema.table`,
  );
}

/** The tables that mappings name exactly, in a selection or in a transformation, and select. */
export function namedTables(mappings: TableMappings): NamedTables {
  const { selection, transformation } = mappings;
  const named = [
    ...selection.flatMap(({ action, schemaName, tableName }) =>
      action === 'explicit' ? [{ schema: schemaName, name: tableName }] : exactly(schemaName, tableName),
    ),
    ...transformation.flatMap(({ schemaName, tableName }) => exactly(schemaName, tableName)),
  ];
  const tables = named.filter(
    (table, index) =>
      named.findIndex(({ schema, name }) => schema === table.schema && name === table.name) === index &&
      selectTables(mappings, [{ ...table, kind: 'table', columns: [], key: [] }]).length === 1,
  );
  const patterns = selection
    .filter(
      ({ action, schemaName, tableName }) =>
        action === 'include' && exactly(schemaName, tableName).length === 0,
    )
    .map(({ schemaName, tableName }) => ({ schema: schemaName, name: tableName }));
  return { tables, patterns };
}

/** `[_]` is the character itself. */
function exactly(schema: string, name: string): readonly TableName[] {
  if (isPattern(schema) || isPattern(name)) return [];
  const plain = (pattern: string) => pattern.replaceAll(/\[(.)\]/gs, '$1');
  return [{ schema: plain(schema), name: plain(name) }];
}
