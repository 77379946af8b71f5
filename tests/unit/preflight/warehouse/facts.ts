import type { Repairs } from '../../../../src/preflight/warehouse/judge-tables.ts';
import type { CatalogFacts, ProcedureFacts } from '../../../../src/preflight/warehouse/warehouse-facts.ts';

export const REPAIRS: Repairs = {
  users: { owner: 'owner', runtime: 'loader', dms: 'dms' },
  migrate: 'npm run migrate -- --stage dev',
};

/** A catalog in which users may use the schemas, and have these rights: `{ 'dbo.t': { loader: ['SELECT'] } }`. */
export function catalogOf(
  tables: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>,
  options: {
    readonly users?: readonly string[];
    readonly schemas?: readonly string[];
    readonly unknown?: readonly string[];
  } = {},
): CatalogFacts {
  const { users = ['loader', 'dms'], schemas = ['dbo', 'elt'], unknown = [] } = options;
  return {
    users: new Set(users),
    schemas: new Map(schemas.map((schema) => [schema, new Set(users)])),
    tables: new Map(
      Object.entries(tables).map(([name, rights]) => [
        name,
        {
          rights: new Map(Object.entries(rights).map(([user, granted]) => [user, new Set(granted)])),
          unknown: new Set(unknown),
        },
      ]),
    ),
  };
}

export function procedureOf(parts: Partial<ProcedureFacts> = {}): ProcedureFacts {
  return { name: 'dbo.sp_x', argumentTypes: [], body: 'BEGIN END;', isCallable: true, ...parts };
}
