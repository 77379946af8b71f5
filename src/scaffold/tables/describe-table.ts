import { InvalidConfig } from '../../errors/errors.ts';
import {
  planColumns,
  type RowFilter,
  redshiftType,
  selectTables,
  type TableMappings,
  type TableName,
  targetName,
} from '../../local/parts.ts';
import { isKeptWhole, plainName, stepNameOf } from '../derived-names.ts';
import { checkedColumn, checkedName } from './checked-names.ts';
import { sourceRowsFor } from './made-up-rows.ts';
import { sourceColumnsFor } from './made-up-source.ts';
import type { ScaffoldTable } from './scaffold-table.ts';

/** What names that belong to one pipeline must not share. */
export interface Namers {
  readonly step: (name: string) => string;
  readonly procedure: (name: string) => string;
}

/** DMS' LobMaxSize of 32 KB. */
const LOB_BYTES = 32_768;
/** What tables that DMS fills are often called by. */
const STAGED_MARK = /^(?:stg|staging|stage)_|_(?:stg|staging|stage)$/;

/**
 * What the mappings make of a table of the source. Its columns are made up: mappings say nothing of them but what their rules name.
 * @throws InvalidConfig in words where a name cannot be used
 */
export function describeTable(source: TableName, mappings: TableMappings, namers: Namers): ScaffoldTable {
  refuseSource(source);
  const filters = filtersOf(source, mappings);
  const sourceColumns = sourceColumnsFor(source, mappings, filters);
  const target = targetName(mappings, source);
  const staged = checkedName(`${target.schema}.${target.name}`);
  const [schema = '', name = ''] = staged.split('.');
  const words = name.replace(STAGED_MARK, '');
  const production = checkedName(`${schema}.${words === name || words === '' ? `${name}_prod` : words}`);
  if (/\$\{/.test(JSON.stringify([sourceColumns, filters])))
    throw new InvalidConfig(`table ${JSON.stringify(staged)}: a name or value of its mappings holds "\${"`);
  const planned = planColumns(mappings, { ...source, kind: 'table', columns: sourceColumns, key: [] });
  if (planned.length === 0)
    throw new InvalidConfig(`table ${JSON.stringify(staged)}: the table mappings leave none of its columns`);
  const keyColumn = planned.find((column) => column.source?.name.toLowerCase() === 'id');
  return {
    source,
    sourceColumns,
    sourceRows: sourceRowsFor(sourceColumns, filters),
    ...{ staged, production },
    procedure: namers.procedure(`${schema}.${plainName(words, 'sp_load_')}`),
    step: namers.step(stepNameOf('Load', words)),
    columns: planned.map(({ name, type }) => ({
      name: checkedColumn(name, staged),
      type: redshiftType(type, LOB_BYTES),
    })),
    key: keyColumn === undefined ? [] : [checkedColumn(keyColumn.name, staged)],
  };
}

function filtersOf(source: TableName, mappings: TableMappings): readonly RowFilter[] {
  const [selected] = selectTables(mappings, [{ ...source, kind: 'table', columns: [], key: [] }]);
  if (selected === undefined)
    throw new InvalidConfig(`the table mappings do not select the table ${source.schema}.${source.name}`);
  return selected.filters;
}

/** A source may call its tables as it likes. The local source is PostgreSQL, and its tables are written as `schema.name`. */
function refuseSource({ schema, name }: TableName): void {
  const whole = `${schema}.${name}`;
  if (/\p{Cc}/u.test(whole) || name === '' || schema === '')
    throw new InvalidConfig(
      `table ${JSON.stringify(whole)}: a name must not be empty or hold control characters`,
    );
  if (/^pg_|^information_schema$/.test(schema) || schema.includes('.'))
    throw new InvalidConfig(`table ${JSON.stringify(whole)}: its schema cannot be made in the local source`);
  if (/\$\{|\{%/.test(whole))
    throw new InvalidConfig(`table ${JSON.stringify(whole)}: must not hold "{%" or "\${"`);
  if (!isKeptWhole(schema) || !isKeptWhole(name))
    throw new InvalidConfig(`table ${JSON.stringify(whole)}: ${TOO_LONG}`);
}

const TOO_LONG = 'a part of its name has more than 63 bytes, and the local PostgreSQL cuts it';
