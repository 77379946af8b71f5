import { toSqlName } from '../../names/sql-name.ts';
import type { TableRight } from '../../preflight/sql/reading.ts';
import type { FoundCall } from '../found/found-calls.ts';
import type { FoundProcedure, FoundWarehouse } from '../found/found-stage.ts';
import { isToBeWritten, type ScaffoldTable, schemasOf } from '../tables/scaffold-table.ts';

/** Users as migrations call them. */
export type GrantUser = 'runtime' | 'dms';

/** What users must be granted. */
export interface Grants {
  readonly schemas: readonly { readonly schema: string; readonly users: readonly GrantUser[] }[];
  readonly tables: readonly {
    readonly table: string;
    readonly user: GrantUser;
    readonly rights: readonly TableRight[];
  }[];
  /** With their argument types, as SQL has them. */
  readonly procedures: readonly string[];
}

const USERS: readonly GrantUser[] = ['runtime', 'dms'];
const ORDER: readonly TableRight[] = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE'];

/** All that a pipeline needs, of what is there and what is made. @param made tables that this tree makes */
export function neededGrants(
  tables: readonly ScaffoldTable[],
  warehouse: FoundWarehouse | undefined,
): Grants {
  const written = tables.filter(isToBeWritten);
  const calls = tables.flatMap(({ there }) => there.calls);
  const called = foundProceduresOf(calls, warehouse);
  const names = [
    ...tables.map(({ staged }) => staged),
    ...written.flatMap(({ production, procedure }) => [production, procedure]),
    ...called.map(({ name }) => name),
  ];
  const staged = tables.map((table) => table.staged);
  return {
    schemas: schemasOf(names).map((schema) => ({ schema, users: USERS })),
    tables: merged([
      ...staged.map((table) => ({
        table,
        user: 'dms' as const,
        rights: ['SELECT', 'INSERT', 'TRUNCATE'] as const,
      })),
      ...staged.map((table) => ({ table, user: 'runtime' as const, rights: ['SELECT'] as const })),
      ...written.map(({ production }) => ({
        ...{ table: production, user: 'runtime' as const, rights: ['SELECT', 'INSERT', 'DELETE'] as const },
      })),
      ...calls.flatMap((call) => needsOfCall(call, warehouse)),
    ]),
    procedures: [...written.map(({ procedure }) => `${toSqlName(procedure)}()`), ...called.map(signatureOf)],
  };
}

/** The rights that the caller of a procedure needs, on tables that are there. */
function needsOfCall({ procedure, effects }: FoundCall, warehouse: FoundWarehouse | undefined) {
  if (procedure.definer !== undefined) return [];
  return [...effects.tables]
    .filter(([table]) => warehouse?.tables.some(({ name }) => name === table))
    .map(([table, rights]) => ({ table, user: 'runtime' as const, rights: [...rights] }));
}

/** The procedures that steps call, and those that these call, each once. */
export function foundProceduresOf(
  calls: readonly FoundCall[],
  warehouse: FoundWarehouse | undefined,
): readonly FoundProcedure[] {
  const inner = new Set(calls.flatMap(({ effects }) => [...effects.calls]));
  const all = [
    ...calls.map(({ procedure }) => procedure),
    ...(warehouse?.procedures ?? []).filter(({ name }) => inner.has(name)),
  ];
  return [...new Map(all.map((procedure) => [signatureOf(procedure), procedure])).values()];
}

/** `schema.name(types)`, as GRANT wants it. */
export function signatureOf({ name, argumentTypes }: FoundProcedure): string {
  return `${toSqlName(name)}(${argumentTypes.join(', ')})`;
}

function merged(needs: Grants['tables']): Grants['tables'] {
  return [...Map.groupBy(needs, ({ table, user }) => `${user} ${table}`).values()].map((all) => ({
    ...(all[0] as (typeof all)[0]),
    rights: ORDER.filter((right) => all.some(({ rights }) => rights.includes(right))),
  }));
}

/** What of it is granted in a stage, or is not. */
export function splitGrants(
  needed: Grants,
  warehouse: FoundWarehouse | undefined,
): { readonly granted: Grants; readonly missing: Grants } {
  const { schemas, tables } = warehouse?.catalog ?? { schemas: new Map(), tables: new Map() };
  const isUsable = (schema: string, user: GrantUser) => schemas.get(schema)?.has(user) === true;
  const has = (table: string, user: GrantUser, right: TableRight) =>
    tables.get(table)?.rights.get(user)?.has(right) === true;
  const callable = new Set(
    (warehouse?.procedures ?? []).filter(({ isCallable }) => isCallable === true).map(signatureOf),
  );
  const part = (isGranted: boolean): Grants => ({
    schemas: needed.schemas
      .map(({ schema, users }) => ({
        schema,
        users: users.filter((user) => isUsable(schema, user) === isGranted),
      }))
      .filter(({ users }) => users.length > 0),
    tables: needed.tables
      .map((need) => ({
        ...need,
        rights: need.rights.filter((right) => has(need.table, need.user, right) === isGranted),
      }))
      .filter(({ rights }) => rights.length > 0),
    procedures: needed.procedures.filter((signature) => callable.has(signature) === isGranted),
  });
  return { granted: part(true), missing: part(false) };
}

/** The statements that grant it. @param nameOf what a user is called in the file */
export function grantStatements(
  { schemas, tables, procedures }: Grants,
  nameOf: (user: GrantUser) => string,
): readonly string[] {
  const bySchemaUsers = Map.groupBy(schemas, ({ users }) => users.map(nameOf).join(', '));
  const byRights = Map.groupBy(tables, ({ user, rights }) => `${rights.join(', ')} ${user}`);
  const list = (names: readonly string[]) => names.join(',\n  ');
  return [
    ...[...bySchemaUsers].map(
      ([users, all]) =>
        `GRANT USAGE ON SCHEMA ${all.map(({ schema }) => toSqlName(schema)).join(', ')} TO ${users};`,
    ),
    ...[...byRights.values()].map((all) => {
      const [{ rights, user }] = all as [(typeof all)[0]];
      return `GRANT ${rights.join(', ')} ON\n  ${list(all.map(({ table }) => toSqlName(table)))}\nTO ${nameOf(user)};`;
    }),
    ...(procedures.length === 0
      ? []
      : [`GRANT EXECUTE ON PROCEDURE\n  ${list(procedures)}\nTO ${nameOf('runtime')};`]),
  ];
}
