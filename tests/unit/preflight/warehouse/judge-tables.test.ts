import { describe, expect, it } from 'vitest';
import { judgeSchemas, judgeTableRights } from '../../../../src/preflight/warehouse/judge-tables.ts';
import type { TableNeed } from '../../../../src/preflight/warehouse/needs.ts';
import { catalogOf, REPAIRS } from './facts.ts';

const need = (parts: Partial<TableNeed> = {}): TableNeed => ({
  ...{ table: 'dbo.t', user: 'loader', rights: ['SELECT'], by: 'the procedure dbo.sp_x' },
  ...{ where: { pipeline: 'sales', step: 'Load' } },
  ...parts,
});

describe('grants on tables', () => {
  it('says nothing where everything is granted', () => {
    expect(judgeTableRights([need()], catalogOf({ 'dbo.t': { loader: ['SELECT'] } }), REPAIRS)).toEqual([]);
  });

  it('names all rights that a user lacks on a table at once, with the grant as the file writes it', () => {
    const needs = [need({ rights: ['DELETE', 'SELECT'] }), need({ rights: ['INSERT'], by: 'the check c' })];

    const found = judgeTableRights(needs, catalogOf({ 'dbo.t': { loader: ['SELECT'] } }), REPAIRS);

    expect(found).toMatchObject([
      {
        ...{ id: 'grant-missing', severity: 'problem' },
        where: { pipeline: 'sales', step: 'Load', object: 'dbo.t', user: 'loader' },
        what: 'User loader lacks INSERT, DELETE on dbo.t. It is needed by the procedure dbo.sp_x (step Load); the check c (step Load).',
        repair: `GRANT INSERT, DELETE ON dbo.t TO \${runtime}; in sql/migrations/R__user_grants.sql, then: npm run migrate -- --stage dev`,
      },
    ]);
  });

  it('quotes names that need it, and owners of procedures that run as them', () => {
    const needs = [need({ table: 'dbo.order details', user: 'o"wner' })];
    const catalog = catalogOf({ 'dbo.order details': {} }, { users: ['o"wner'] });

    expect(judgeTableRights(needs, catalog, REPAIRS)[0]?.repair).toContain(
      'GRANT SELECT ON dbo."order details" TO "o""wner";',
    );
  });

  it('names a table that is missing, and all tables of the orchestrator in one finding', () => {
    const needs = [need(), need({ table: 'elt.fence_a' }), need({ table: 'elt.fence_b' })];

    const found = judgeTableRights(needs, catalogOf({}), REPAIRS);

    expect(found.map(({ id, what }) => [id, what])).toEqual([
      ['own-tables-missing', 'Tables that the orchestrator keeps are missing: elt.fence_a, elt.fence_b.'],
      ['table-missing', 'There is no table or view dbo.t. It is used by the procedure dbo.sp_x (step Load).'],
    ]);
  });

  it('is uncertain of a right that the warehouse does not tell', () => {
    const needs = [need({ user: 'dms', rights: ['INSERT', 'TRUNCATE'] })];
    const catalog = catalogOf({ 'dbo.t': { dms: ['INSERT'] } }, { unknown: ['TRUNCATE'] });

    expect(judgeTableRights(needs, catalog, REPAIRS)).toMatchObject([
      { id: 'grant-unknown', severity: 'uncertain', where: { object: 'dbo.t', user: 'dms' } },
    ]);
  });

  it('tells of a schema or a user once, and not of what is missing with it', () => {
    const catalog = catalogOf({}, { users: ['dms'], schemas: ['elt'] });
    const schemas = [
      { schema: 'dbo', user: 'loader' },
      { schema: 'dbo', user: 'dms' },
    ];

    expect(judgeTableRights([need()], catalog, REPAIRS)).toEqual([]);
    expect(judgeSchemas(schemas, catalog, REPAIRS).map(({ id, where }) => [id, where])).toEqual([
      ['user-missing', { user: 'loader' }],
      ['schema-missing', { object: 'dbo' }],
    ]);
  });

  it('names each user that may not use a schema', () => {
    const catalog = { ...catalogOf({}), schemas: new Map([['dbo', new Set(['dms'])]]) };
    const schemas = [
      { schema: 'dbo', user: 'loader' },
      { schema: 'dbo', user: 'dms' },
    ];

    expect(judgeSchemas(schemas, catalog, REPAIRS)).toMatchObject([
      { id: 'grant-missing', what: 'User loader lacks USAGE on schema dbo.' },
    ]);
  });
});
