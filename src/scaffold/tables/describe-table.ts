import { InvalidConfig } from '../../errors/errors.ts';
import {
  type PlannedColumn,
  planColumns,
  type RowFilter,
  redshiftType,
  selectTables,
  type TableMappings,
  type TableName,
  targetName,
} from '../../local/parts.ts';
import { isKeptWhole, plainName, stepNameOf } from '../derived-names.ts';
import { callsFor } from '../found/found-calls.ts';
import { sourceOfFound, writtenType } from '../found/found-columns.ts';
import type { FoundWarehouse } from '../found/found-stage.ts';
import { checkedColumn, checkedName } from './checked-names.ts';
import { sourceRowsFor } from './made-up-rows.ts';
import { sourceColumnsFor } from './made-up-source.ts';
import type { ScaffoldTable, TableThere } from './scaffold-table.ts';

/** What names that belong to one pipeline must not share. */
export interface Namers {
  readonly step: (name: string) => string;
  readonly procedure: (name: string) => string;
}

/** DMS' LobMaxSize of 32 KB. */
const LOB_BYTES = 32_768;
/** What tables that DMS fills are often called by, at the beginning or the end of their names. */
export const STAGED_MARK = /^(?:stg|staging|stage)_|_(?:stg|staging|stage)$/;

/** What is known of tables. */
export interface KnownOfTables {
  readonly mappings: TableMappings;
  readonly namers: Namers;
  /** The task's TargetSchema. */
  readonly targetSchema?: string;
  readonly warehouse?: FoundWarehouse | undefined;
}

/**
 * What the mappings make of a table of the source. Without a stage that has it, its columns are made up: mappings say nothing of them but
 * what their rules name.
 * @throws InvalidConfig in words where a name cannot be used
 */
export function describeTable(source: TableName, known: KnownOfTables): ScaffoldTable {
  const { mappings, namers, targetSchema, warehouse } = known;
  refuseSource(source);
  const filters = filtersOf(source, mappings);
  const target = targetName(mappings, source, targetSchema);
  const staged = checkedName(`${target.schema}.${target.name}`);
  const [schema = '', name = ''] = staged.split('.');
  const words = name.replace(STAGED_MARK, '');
  const production = checkedName(`${schema}.${words === name || words === '' ? `${name}_prod` : words}`);
  const wouldBe = `${schema}.${plainName(words, 'sp_load_')}`;
  const there = whatIsThere({ staged, production, wouldBe }, warehouse);
  const sourceColumns =
    there.staged === undefined
      ? sourceColumnsFor(source, mappings, filters)
      : sourceOfFound(source, there.staged, mappings, filters);
  if (/\$\{/.test(JSON.stringify([sourceColumns, filters])))
    throw new InvalidConfig(`table ${JSON.stringify(staged)}: a name or value of its mappings holds "\${"`);
  const planned = planColumns(mappings, { ...source, kind: 'table', columns: sourceColumns, key: [] });
  if (planned.length === 0)
    throw new InvalidConfig(`table ${JSON.stringify(staged)}: the table mappings leave none of its columns`);
  const columns = there.staged?.columns.map((column) => ({ name: column.name, type: writtenType(column) }));
  return {
    source,
    sourceColumns,
    sourceRows: sourceRowsFor(sourceColumns, filters),
    ...{ staged, production },
    procedure: freeName(namers.procedure(wouldBe), namers.procedure, warehouse),
    // Each procedure that is there has a step of its own name.
    step: there.calls.length > 0 ? '' : namers.step(stepNameOf('Load', words)),
    columns: (
      columns ?? planned.map(({ name, type }) => ({ name, type: redshiftType(type, LOB_BYTES) }))
    ).map(({ name, type }) => ({ name: checkedColumn(name, staged), type })),
    key: keyOf(there, planned).map((name) => checkedColumn(name, staged)) as unknown as ScaffoldTable['key'],
    there,
  };
}

function whatIsThere(
  {
    staged,
    production,
    wouldBe,
  }: { readonly staged: string; readonly production: string; readonly wouldBe: string },
  warehouse: FoundWarehouse | undefined,
): TableThere {
  if (warehouse === undefined) return { calls: [], left: [] };
  const tableOf = (name: string) => warehouse.tables.find((table) => table.name === name);
  const found = { staged: tableOf(staged), production: tableOf(production) };
  return {
    ...callsFor(staged, wouldBe, warehouse.procedures),
    ...(found.staged === undefined ? {} : { staged: found.staged }),
    ...(found.production === undefined ? {} : { production: found.production }),
  };
}

/** A name that no procedure of the stage has: writing one would replace it. */
function freeName(name: string, namer: Namers['procedure'], warehouse: FoundWarehouse | undefined): string {
  const isTaken = (one: string) => warehouse?.procedures.some((procedure) => procedure.name === one) === true;
  let free = name;
  while (isTaken(free)) free = namer(`${name}_new`);
  return free;
}

/** The columns that tell its rows apart: the key of what is there, or a column that is called so. */
function keyOf({ staged, production }: TableThere, planned: readonly PlannedColumn[]): readonly string[] {
  const key = [production?.key ?? [], staged?.key ?? []].find(({ length }) => length > 0);
  if (key !== undefined) return key;
  if (staged !== undefined) return staged.columns.filter(({ name }) => name === 'id').map(({ name }) => name);
  return planned.filter((column) => column.source?.name.toLowerCase() === 'id').map(({ name }) => name);
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
