import { InvalidConfig } from '../../errors/errors.ts';
import { readTableMappings, type TableMappings, type TableName } from '../../local/parts.ts';

/** Table mappings, as they are written and as the local DMS reads them. */
export interface WrittenMappings {
  readonly document: object;
  readonly read: TableMappings;
}

/** Ending of the tables that DMS fills, where no mappings are given. */
const STAGED = '_stg';

/** Mappings that copy these tables, each into its own schema, with `_stg` behind its name. */
export function mappingsFor(tables: readonly TableName[]): WrittenMappings {
  const selections = tables.map(({ schema, name }) => ({
    'rule-type': 'selection',
    'object-locator': { 'schema-name': schema, 'table-name': name },
    'rule-action': 'explicit',
    filters: [],
  }));
  const suffixes = [...new Set(tables.map(({ schema }) => schema))].map((schema) => ({
    'rule-type': 'transformation',
    'rule-target': 'table',
    'object-locator': { 'schema-name': schema, 'table-name': '%' },
    'rule-action': 'add-suffix',
    value: STAGED,
  }));
  const rules = [...selections, ...suffixes].map(({ 'rule-type': type, ...rest }, index) => ({
    'rule-type': type,
    'rule-id': String(index + 1),
    'rule-name': `rule-${index + 1}`,
    ...rest,
  }));
  return readMappings({ rules });
}

/** @throws InvalidConfig naming each rule that the local DMS does not take */
export function readMappings(document: object): WrittenMappings {
  try {
    return { document, read: readTableMappings(document) };
  } catch (error) {
    throw new InvalidConfig((error as Error).message, { cause: error });
  }
}
