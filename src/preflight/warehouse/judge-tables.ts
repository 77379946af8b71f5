import { quoteName } from '../../migrations/quote.ts';
import { ELT_SCHEMA } from '../../names/elt-tables.ts';
import { toSqlName } from '../../names/sql-name.ts';
import type { FindingOf } from '../finding.ts';
import type { TableRight } from '../sql/reading.ts';
import type { TableNeed } from './needs.ts';
import type { CatalogFacts, WarehouseUsers } from './warehouse-facts.ts';

/** Where grants belong, and how they are applied. */
export interface Repairs {
  readonly users: WarehouseUsers;
  /** `npm run migrate -- --stage dev` */
  readonly migrate: string;
}

const ORDER: readonly TableRight[] = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE'];

/** Tables that are not there, and every right on them that somebody needs and does not have. */
export function judgeTableRights(
  needs: readonly TableNeed[],
  catalog: CatalogFacts,
  repairs: Repairs,
): readonly FindingOf[] {
  const byTable = Map.groupBy(needs, ({ table }) => table);
  const missing = [...byTable].filter(
    ([table]) => !catalog.tables.has(table) && catalog.schemas.has(schemaOf(table)),
  );
  const own = missing.filter(([table]) => schemaOf(table) === ELT_SCHEMA).map(([table]) => table);
  return [
    ...(own.length === 0 ? [] : [missingOwn(own, repairs)]),
    ...missing
      .filter(([table]) => !own.includes(table))
      .map(([table, all]) => missingTable(table, all, repairs)),
    ...[...byTable].flatMap(([table, all]) => judgeGrants(table, all, catalog, repairs)),
  ];
}

function judgeGrants(
  table: string,
  needs: readonly TableNeed[],
  { tables, users }: CatalogFacts,
  repairs: Repairs,
): readonly FindingOf[] {
  const facts = tables.get(table);
  if (facts === undefined) return [];
  const byUser = [...Map.groupBy(needs, ({ user }) => user)].filter(([user]) => users.has(user));
  return byUser.flatMap(([user, ofUser]) => {
    const granted = facts.rights.get(user) ?? new Set();
    const lacking = ofUser.filter(({ rights }) => rights.some((right) => !granted.has(right)));
    const rights = ORDER.filter(
      (right) => !granted.has(right) && lacking.some((need) => need.rights.includes(right)),
    );
    const missing = rights.filter((right) => !facts.unknown.has(right));
    const unknown = rights.filter((right) => facts.unknown.has(right));
    return [
      ...(missing.length === 0
        ? []
        : [missingGrant({ table, user, rights: missing, needs: lacking }, repairs)]),
      ...(unknown.length === 0 ? [] : [unknownGrant({ table, user, rights: unknown, needs: lacking })]),
    ];
  });
}

/** Of the orchestrator: one cause, however many they are. */
function missingOwn(tables: readonly string[], { migrate }: Repairs): FindingOf {
  return {
    ...{ id: 'own-tables-missing', severity: 'problem', where: { object: ELT_SCHEMA } },
    what: `Tables that the orchestrator keeps are missing: ${tables.join(', ')}.`,
    consequence: 'The steps that need them fail: the relation does not exist.',
    repair: migrate,
  };
}

function missingTable(table: string, needs: readonly TableNeed[], { migrate }: Repairs): FindingOf {
  return {
    ...{ id: 'table-missing', severity: 'problem', where: { ...needs[0]?.where, object: table } },
    what: `There is no table or view ${table}. It is used by ${listUses(needs)}.`,
    consequence: 'The statement fails: the relation does not exist.',
    repair: `Correct the name, or create the table in a new V file of sql/migrations, then: ${migrate}`,
  };
}

/** Rights that a user needs, and may not have. */
interface Lacking {
  readonly table: string;
  readonly user: string;
  readonly rights: readonly TableRight[];
  readonly needs: readonly TableNeed[];
}

function missingGrant({ table, user, rights, needs }: Lacking, repairs: Repairs): FindingOf {
  return {
    ...{ id: 'grant-missing', severity: 'problem', where: { ...needs[0]?.where, object: table, user } },
    what: `User ${user} lacks ${rights.join(', ')} on ${table}. It is needed by ${listUses(needs)}.`,
    consequence:
      user === repairs.users.dms
        ? 'DMS cannot fill the table: it ends in Table error.'
        : 'The step fails: permission denied.',
    repair: grant(`GRANT ${rights.join(', ')} ON ${toSqlName(table)} TO`, user, repairs),
  };
}

function unknownGrant({ table, user, rights, needs }: Lacking): FindingOf {
  return {
    ...{ id: 'grant-unknown', severity: 'uncertain', where: { ...needs[0]?.where, object: table, user } },
    what: `The warehouse does not tell whether user ${user} has ${rights.join(', ')} on ${table}.`,
    consequence: 'If the right is missing, the load fails.',
    repair: `Look for it in sql/migrations/R__user_grants.sql: GRANT ${rights.join(', ')} ON ${toSqlName(table)} TO ${quoteName(user)};`,
  };
}

/** Users that are not there, schemas, and USAGE on them. */
export function judgeSchemas(
  needs: readonly { readonly schema: string; readonly user: string }[],
  catalog: CatalogFacts,
  repairs: Repairs,
): readonly FindingOf[] {
  const users = [...new Set(needs.map(({ user }) => user))].filter((user) => !catalog.users.has(user));
  const bySchema = Map.groupBy(needs, ({ schema }) => schema);
  return [
    ...users.map((user) => missingUser(user, repairs)),
    ...[...bySchema].flatMap(([schema, all]) => {
      const allowed = catalog.schemas.get(schema);
      if (allowed === undefined) return [missingSchema(schema, repairs)];
      const lacking = new Set(
        all.map(({ user }) => user).filter((user) => catalog.users.has(user) && !allowed.has(user)),
      );
      return [...lacking].map((user) => missingUsage(schema, user, repairs));
    }),
  ];
}

function missingUser(user: string, { users, migrate }: Repairs): FindingOf {
  const role = user === users.runtime ? 'runtime' : user === users.dms ? 'dms' : undefined;
  return {
    ...{ id: 'user-missing', severity: 'problem', where: { user } },
    what: `The database has no user ${user}.`,
    consequence: 'Nobody can be granted anything, and whoever connects as this user is refused.',
    repair: `CREATE USER ${quoteName(user)} PASSWORD DISABLE;${role === undefined ? '' : ` or name another one with --${role}-user, here and for ${migrate}`}`,
  };
}

function missingSchema(schema: string, { migrate }: Repairs): FindingOf {
  return {
    ...{ id: 'schema-missing', severity: 'problem', where: { object: schema } },
    what: `The database has no schema ${schema}.`,
    consequence: 'Everything that is looked for in it is missing.',
    repair:
      schema === ELT_SCHEMA
        ? migrate
        : `CREATE SCHEMA ${toSqlName(schema)}; in a new V file of sql/migrations, then: ${migrate}`,
  };
}

function missingUsage(schema: string, user: string, repairs: Repairs): FindingOf {
  return {
    ...{ id: 'grant-missing', severity: 'problem', where: { object: schema, user } },
    what: `User ${user} lacks USAGE on schema ${schema}.`,
    consequence: 'The user can use nothing in the schema: permission denied.',
    repair: grant(`GRANT USAGE ON SCHEMA ${toSqlName(schema)} TO`, user, repairs),
  };
}

/** A GRANT as it stands in the file, and how it is applied. */
export function grant(sql: string, user: string, { users, migrate }: Repairs): string {
  const placeholder = user === users.runtime ? 'runtime' : user === users.dms ? 'dms' : undefined;
  const who = placeholder === undefined ? quoteName(user) : `\${${placeholder}}`;
  return `${sql} ${who}; in sql/migrations/R__user_grants.sql, then: ${migrate}`;
}

function listUses(needs: readonly TableNeed[]): string {
  const uses = [
    ...new Set(needs.map(({ by, where: { step } }) => (step === undefined ? by : `${by} (step ${step})`))),
  ];
  const shown = uses.slice(0, 3).join('; ');
  return uses.length > 3 ? `${shown}; and ${uses.length - 3} more` : shown;
}

/** The schema of `schema.name`. */
export function schemaOf(name: string): string {
  return name.slice(0, name.indexOf('.'));
}
