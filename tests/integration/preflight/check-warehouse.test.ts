import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { definePipeline } from '../../../src/definition/define-pipeline.ts';
import type { PipelineDefinition } from '../../../src/definition/pipeline.ts';
import { checkWarehouse } from '../../../src/preflight/warehouse/check-warehouse.ts';
import { askWarehouse } from '../../../src/report/read/ask-warehouse.ts';
import { type LocalRedshift, startLocalRedshift } from '../../fixtures/local-redshift.ts';

let local: LocalRedshift;

/** What the orchestrator itself needs is there; a test adds the rest. */
const SETUP = [
  'CREATE SCHEMA dbo',
  'CREATE SCHEMA elt',
  'GRANT USAGE ON SCHEMA dbo TO runtime, dms',
  'GRANT USAGE ON SCHEMA elt TO runtime',
  'CREATE TABLE dbo.stg (a integer)',
  'GRANT INSERT, TRUNCATE ON dbo.stg TO dms',
  'GRANT SELECT ON dbo.stg TO runtime',
  'CREATE TABLE dbo."Order Details" (a integer)',
  'CREATE TABLE dbo.hidden (a integer)',
  'CREATE VIEW dbo.seen AS SELECT a FROM dbo.hidden',
  'GRANT SELECT ON dbo.seen TO runtime',
];

function asOwner(...sqls: readonly string[]) {
  return Promise.all(
    sqls.map(async (sql) => {
      const { Status, Error: error } = await local.run(sql, { DbUser: 'owner' });
      expect({ sql, Status, error }).toMatchObject({ Status: 'FINISHED' });
    }),
  );
}

/** Findings about the warehouse, without those of the orchestrator's own tables and procedures. */
async function check(steps: PipelineDefinition['steps'], refused = /^never$/, dbUser = 'runtime') {
  const pipeline = definePipeline({ name: 'sales', tasks: ['task'], stagedTables: ['dbo.stg'], steps });
  const target = { clusterIdentifier: 'redshiftcluster-abcd', database: 'dev', dbUser };
  const found = await checkWarehouse({
    pipelines: [pipeline],
    ask: async (what, sql) => {
      if (refused.test(sql)) throw new Error('permission denied');
      return askWarehouse({ api: local.client, target, clock: systemClock }, { name: 'check', what }, sql);
    },
    repairs: { users: { owner: 'owner', runtime: 'runtime', dms: 'dms' }, migrate: 'npm run migrate' },
    ...{ runsAsSession: false, target: 'database dev', readFiles: async () => [] },
  });
  return found.filter(({ where }) => !where.object?.startsWith('elt')).map(({ what }) => what);
}

/** Makes a procedure that runtime may call. */
const procedure = (name: string, body: string, options = '') =>
  asOwner(`CREATE PROCEDURE dbo.${name}() AS $$ BEGIN ${body} END; $$ LANGUAGE plpgsql ${options}`).then(() =>
    asOwner(`GRANT EXECUTE ON PROCEDURE dbo.${name}() TO runtime`),
  );

beforeAll(async () => {
  local = await startLocalRedshift();
  for (const sql of SETUP) await asOwner(sql);
});
afterAll(() => local.close());

describe('grants that procedures need, from the catalog of a real warehouse', () => {
  it('counts those of the caller', async () => {
    await procedure(
      'sp_invoker',
      'DELETE FROM dbo."Order Details"; INSERT INTO dbo.hidden SELECT a FROM dbo.seen;',
    );

    expect(await check({ Load: { call: 'dbo.sp_invoker' } })).toEqual([
      'User runtime lacks DELETE on dbo.order details. It is needed by the procedure dbo.sp_invoker (step Load).',
      'User runtime lacks INSERT on dbo.hidden. It is needed by the procedure dbo.sp_invoker (step Load).',
    ]);
  });

  it('counts those of the owner where a procedure runs as its owner', async () => {
    await procedure('sp_definer', 'DELETE FROM dbo.hidden;', 'SECURITY DEFINER');

    expect(await check({ Load: { call: 'dbo.sp_definer' } })).toEqual([]);
  });

  it('follows no dynamic SQL, and says so', async () => {
    await procedure('sp_dynamic', "EXECUTE 'DELETE FROM dbo.' || 'hidden';");

    expect(await check({ Load: { call: 'dbo.sp_dynamic' } })).toEqual([
      'Of dbo.sp_dynamic: it runs dynamic SQL (EXECUTE), which is not read.',
    ]);
  });

  it('tells a procedure that locks a table first from one that commits', async () => {
    await procedure('sp_locks', 'LOCK dbo.stg; PERFORM 1;');
    await procedure('sp_commits', 'PERFORM 1; COMMIT;');

    expect(await check({ Load: { call: 'dbo.sp_locks' } })).toEqual([]);
    expect(await check({ Load: { call: 'dbo.sp_commits', commits: true } })).toEqual([]);
    expect(await check({ Load: { call: 'dbo.sp_commits' } })).toEqual([
      'dbo.sp_commits holds COMMIT, and its step is not marked `commits: true`.',
    ]);
  });

  it('knows the types of overloads as the catalog calls them', async () => {
    await asOwner(
      'CREATE PROCEDURE dbo.sp_typed(a bigint, b varchar(10), c timestamp) AS $$ BEGIN END; $$ LANGUAGE plpgsql',
    );
    await asOwner('GRANT EXECUTE ON PROCEDURE dbo.sp_typed(bigint, varchar, timestamp) TO runtime');
    const args = [5, 'x', { run: 'loadTime', as: 'timestamp' }] as const;

    expect(await check({ Load: { call: { procedure: 'dbo.sp_typed', args } } })).toEqual([]);
    expect(await check({ Load: { call: { procedure: 'dbo.sp_typed', args: args.toReversed() } } })).toEqual([
      'The step calls dbo.sp_typed(timestamp without time zone, character varying, smallint), and the warehouse has dbo.sp_typed(bigint, character varying, timestamp without time zone).',
    ]);
  });

  it('follows the procedures that a procedure calls, also in a circle', async () => {
    await procedure('sp_inner', 'DELETE FROM dbo.hidden; CALL dbo.sp_outer();');
    await procedure('sp_outer', 'CALL dbo.sp_inner();');

    expect(await check({ Load: { call: 'dbo.sp_outer' } })).toEqual([
      'User runtime lacks DELETE on dbo.hidden. It is needed by the procedure dbo.sp_inner, which dbo.sp_outer calls (step Load).',
    ]);
  });

  it('counts the rights of the owner below a procedure that runs as its owner', async () => {
    await procedure('sp_below', 'DELETE FROM dbo.hidden;');
    await asOwner('REVOKE EXECUTE ON PROCEDURE dbo.sp_below() FROM runtime');
    await procedure('sp_above', 'CALL dbo.sp_below();', 'SECURITY DEFINER');

    expect(await check({ Load: { call: 'dbo.sp_above' } })).toEqual([]);
  });

  it('finds what a called procedure does to its caller: it commits, is missing, may not be called, or is one of several', async () => {
    await procedure('sp_ends', 'TRUNCATE dbo.stg;');
    await asOwner('CREATE PROCEDURE dbo.sp_mine() AS $$ BEGIN END; $$ LANGUAGE plpgsql');
    await asOwner('CREATE PROCEDURE dbo.sp_twice() AS $$ BEGIN END; $$ LANGUAGE plpgsql');
    await asOwner('CREATE PROCEDURE dbo.sp_twice(a integer) AS $$ BEGIN END; $$ LANGUAGE plpgsql');
    await procedure(
      'sp_calls',
      'CALL dbo.sp_ends(); CALL dbo.sp_gone(); CALL dbo.sp_mine(); CALL dbo.sp_twice(1);',
    );

    expect(await check({ Load: { call: 'dbo.sp_calls' } })).toEqual([
      'dbo.sp_ends, which dbo.sp_calls calls, holds TRUNCATE, and its step is not marked `commits: true`.',
      'There is no procedure dbo.sp_gone, which dbo.sp_calls calls.',
      'User runtime lacks EXECUTE on the procedure dbo.sp_mine().',
      'dbo.sp_calls calls dbo.sp_twice, of which there are 2 with different arguments: which one it is, is not certain.',
      'User runtime lacks TRUNCATE on dbo.stg. It is needed by the procedure dbo.sp_ends, which dbo.sp_calls calls (step Load).',
    ]);
  });

  it('finds the tables of audits', async () => {
    await procedure('sp_empty', 'PERFORM 1;');

    expect(
      await check({
        Load: {
          call: 'dbo.sp_empty',
          audit: [
            { rows: 'dbo.hidden', min: 1 },
            { unique: 'dbo.gone', columns: ['a'] },
          ],
        },
      }),
    ).toEqual([
      'There is no table or view dbo.gone. It is used by the audit "unique dbo.gone (a)" (step Load).',
      'User runtime lacks SELECT on dbo.hidden. It is needed by the audit "rows dbo.hidden" (step Load).',
    ]);
  });

  it('finds the same by names where the warehouse takes no IDs of tables', async () => {
    await procedure('sp_by_name', 'DELETE FROM dbo."Order Details"; INSERT INTO dbo.hidden VALUES (1);');
    const steps = { Load: { call: 'dbo.sp_by_name' } } as const;

    const found = await check(steps);

    expect(found).toHaveLength(2);
    expect(await check(steps, /c\.oid, 'SELECT'/)).toEqual(found);
  });

  it('says so where another user asks than the one who runs', async () => {
    await procedure('sp_timed', 'PERFORM 1;');

    expect(await check({ Load: { call: 'dbo.sp_timed' } }, /^never$/, 'owner')).toEqual([
      expect.stringMatching(
        /^The warehouse was asked as user owner, because only the functions can be runtime\./,
      ),
    ]);
  });

  it('is uncertain of rights that the warehouse does not tell', async () => {
    await procedure('sp_untold', 'PERFORM 1;');

    expect(await check({ Load: { call: 'dbo.sp_untold' } }, /'TRUNCATE'|has_function_privilege/)).toEqual([
      'The warehouse does not tell whether user runtime may call dbo.sp_untold.',
      'The warehouse does not tell whether user dms has TRUNCATE on dbo.stg.',
    ]);
  });
});
