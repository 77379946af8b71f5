import { readEffects } from '../../../preflight/sql/touched-tables.ts';
import { readProceduresDeep } from '../../../preflight/warehouse/nested-procedures.ts';
import { type AskCatalog, readCatalog } from '../../../preflight/warehouse/read-catalog.ts';
import type { CatalogFacts, WarehouseUsers } from '../../../preflight/warehouse/warehouse-facts.ts';
import type { FoundProcedure, FoundWarehouse } from '../../../scaffold/found/found-stage.ts';
import { schemasOf } from '../../../scaffold/tables/scaffold-table.ts';
import { readArgumentNames, readProcedureNames, readTableNames, readTables } from './read-objects.ts';

/** What is looked for: the tables that the task fills, and what would be written for them. */
export interface WantedObjects {
  /** Schemas that the task loads into. */
  readonly schemas: readonly string[];
  /** Of the tables of these schemas, those that the task fills. */
  stagedOf(targets: readonly string[]): readonly string[];
  /** Names of procedures that would be written, of these schemas. */
  procedureNamesFor(staged: readonly string[]): readonly string[];
}

/** Reads what the warehouse has already. Only queries. */
export async function readWarehouse(
  ask: AskCatalog,
  users: WarehouseUsers,
  wanted: WantedObjects,
): Promise<FoundWarehouse> {
  const targets = await readTableNames(ask, wanted.schemas);
  const staged = wanted.stagedOf(targets);
  const names = await readProcedureNames(ask, wanted.procedureNamesFor(staged), staged.map(objectOf));
  const procedures = await withCalled(ask, names, users.runtime);
  const touched = procedures.flatMap(({ body }) => [...readEffects(body).tables.keys()]);
  const tables = await readTables(ask, [...new Set([...targets, ...touched])]);
  const all = [...tables.map(({ name }) => name), ...procedures.map(({ name }) => name)];
  const catalog = await readCatalog(ask, {
    users: [users.runtime, users.dms],
    schemas: [...new Set([...wanted.schemas, ...schemasOf(all)])],
    tables: tables.map(({ name }) => name),
  });
  return { targets, tables, procedures, catalog: renamed(catalog, users) };
}

/** Procedures, and those that they call. */
async function withCalled(
  ask: AskCatalog,
  names: readonly string[],
  runtime: string,
): Promise<readonly FoundProcedure[]> {
  const facts = await readProceduresDeep(ask, names, runtime);
  const argumentNames = await readArgumentNames(ask, [...new Set(facts.map(({ name }) => name))]);
  return facts.map((one) => {
    const own = argumentNames.get(`${one.name}(${one.argumentTypes.join(', ')})`);
    return own === undefined ? one : { ...one, argumentNames: own };
  });
}

/** Users as migrations call them. */
function renamed(
  { schemas, tables }: CatalogFacts,
  users: WarehouseUsers,
): Pick<CatalogFacts, 'schemas' | 'tables'> {
  const called = (user: string) => (user === users.runtime ? 'runtime' : user === users.dms ? 'dms' : user);
  return {
    schemas: new Map([...schemas].map(([schema, of]) => [schema, new Set([...of].map(called))])),
    tables: new Map(
      [...tables].map(([table, facts]) => [
        table,
        { ...facts, rights: new Map([...facts.rights].map(([user, of]) => [called(user), of])) },
      ]),
    ),
  };
}

function objectOf(name: string): string {
  return name.slice(name.indexOf('.') + 1);
}
