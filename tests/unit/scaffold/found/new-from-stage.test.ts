import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FoundStage } from '../../../../src/scaffold/found/found-stage.ts';
import { newPipeline } from '../../../../src/scaffold/new-pipeline.ts';
import { mappingRequests } from '../../../fixtures/scaffold/made-up-requests.ts';
import { smallProject } from '../../../fixtures/scaffold/project-in-memory.ts';
import { foundProcedure, stageOf, tableOf } from './made-up-stage.ts';

const STAGED = tableOf('erp.orders_stg', { order_no: 'character varying(12)', amount: 'numeric(12,2)' });

function written(found: FoundStage, name = 'orders') {
  const project = smallProject({
    'serverless.yml':
      'params:\n  dev:\n    dmsTasks:\n      one: arn\n  test:\n    dmsTasks:\n      one: arn\n',
  });
  const changes = newPipeline({ name, found }, project);
  const text = (part: string) => changes.files.find(({ path }) => path.includes(part))?.text ?? '';
  return { ...changes, project, text, pipeline: text('src/pipelines') };
}

const READS = 'BEGIN DELETE FROM erp.orders; INSERT INTO erp.orders SELECT * FROM erp.orders_stg; END;';

describe('columns of a staged table that is there', () => {
  it('are taken over, also for the source and the table for readers', () => {
    const { text } = written(stageOf({ tables: [STAGED] }));

    expect(text('source.orders')).toMatch(/order_no character varying\(12\),\n {2}amount numeric\(12,2\)/);
    expect(text('/V002')).toContain(
      'CREATE TABLE erp.orders (\n  order_no varchar(12),\n  amount   numeric(12,2)\n)',
    );
    expect(text('/V002')).not.toContain('orders_stg (');
    expect(text('warehouse.orders')).toContain('CREATE TABLE IF NOT EXISTS erp.orders_stg (');
  });
});

describe('a procedure that is there', () => {
  it.each<[string, ReturnType<typeof foundProcedure>, RegExp]>([
    ['that reads the staged table', foundProcedure('mart.sp_sales', READS), /call: "mart\.sp_sales",\n/],
    [
      'with arguments',
      foundProcedure('mart.sp_sales', READS, ['character varying', 'timestamp without time zone', 'integer']),
      /"args":\[\{"run":"loadId"\},\{"run":"loadTime","as":"timestamp"\},0\]/,
    ],
    ['that commits', foundProcedure('mart.sp_sales', `${READS} COMMIT;`), /commits: true/],
    [
      'that empties staging',
      foundProcedure('mart.sp_sales', READS.replace('END;', 'DELETE FROM erp.orders_stg; END;')),
      /consumes: \["erp\.orders_stg"\]/,
    ],
    ['of the name that would be written', foundProcedure('erp.sp_load_orders', 'BEGIN END;'), /by its name/],
  ])('is called, and none is written: %s', (_title, procedure, expected) => {
    const { pipeline, files } = written(stageOf({ tables: [STAGED], procedures: [procedure] }));

    expect(pipeline).toMatch(expected);
    expect(files.filter(({ path }) => /procedure|\/V/.test(path))).toEqual([]);
  });

  it('is left, and another name is written, where no step can pass its arguments', () => {
    const procedure = foundProcedure('erp.sp_load_orders', READS, ['refcursor']);
    const { pipeline, guessed } = written(stageOf({ tables: [STAGED], procedures: [procedure] }));

    expect(pipeline).toContain('call: "erp.sp_load_orders_new"');
    expect(guessed.join()).toContain('erp.sp_load_orders(refcursor)');
  });

  it('is the outer one of those that call each other, and comes after what it reads', () => {
    const { pipeline } = written(
      stageOf({
        loaded: ['orders', 'users'].map((name) => ({ schema: 'erp', name })),
        tables: [STAGED, tableOf('erp.users_stg', { id: 'bigint' })],
        procedures: [
          foundProcedure('mart.sp_outer', 'BEGIN CALL mart.sp_inner(); END;'),
          foundProcedure('mart.sp_inner', READS.replace('END;', 'SELECT 1 INTO x FROM mart.dim_user; END;')),
          foundProcedure(
            'mart.sp_users',
            'BEGIN INSERT INTO mart.dim_user SELECT id FROM erp.users_stg; END;',
          ),
        ],
      }),
    );

    expect(pipeline).not.toContain('"mart.sp_inner"');
    expect(pipeline).toMatch(/call: "mart\.sp_outer",\n {6}after: \["Load_Users"\]/);
  });

  it('has no order where two read what the other one writes', () => {
    const body = (from: string, to: string, staged: string) =>
      `BEGIN INSERT INTO mart.${to} SELECT 1 FROM mart.${from}, erp.${staged}; END;`;
    const { pipeline } = written(
      stageOf({
        loaded: ['orders', 'users'].map((name) => ({ schema: 'erp', name })),
        procedures: [
          foundProcedure('mart.sp_a', body('b', 'a', 'orders_stg')),
          foundProcedure('mart.sp_b', body('a', 'b', 'users_stg')),
        ],
      }),
    );

    expect(pipeline.match(/after:/g)).toHaveLength(1);
  });
});

describe('the tables of a pattern', () => {
  it('are those that the task has loaded', () => {
    const { guessed } = written(stageOf({ tables: [STAGED, tableOf('erp.other_stg', { id: 'bigint' })] }));

    expect(guessed.join()).not.toContain('are called so in the source');
  });

  it('are those that the warehouse has, where nothing was loaded yet', () => {
    const { guessed, pipeline } = written(stageOf({ loaded: [], tables: [STAGED, tableOf('erp.x', {})] }));

    expect(pipeline).toContain('{"table":"erp.orders_stg","source":"erp.orders"}');
    expect(guessed).toContain(
      'that erp.orders are called so in the source: the task has not loaded them yet',
    );
  });

  it('are told to be unknown where there is neither', () => {
    expect(() => written(stageOf({ loaded: [] }))).toThrow(/task nightly select erp\.%.*--tables/);
  });
});

describe('the task', () => {
  it('has its ARN in its stage, and none in the others', () => {
    const [, service] = written(stageOf()).edits;

    expect(service?.after).toBe(
      'params:\n  dev:\n    dmsTasks:\n      one: arn\n      nightly: arn:aws:dms:eu-central-1:123456789012:task:ABC\n  test:\n    dmsTasks:\n      one: arn\n      nightly: arn:aws:dms:us-east-1:000000000000:task:nightly\n',
    );
  });

  it('has its settings, without those that lose tables or rows', () => {
    const { text, found } = written(
      stageOf({
        settings: {
          Logging: { EnableLogging: true },
          FullLoadSettings: { TargetTablePrepMode: 'DO_NOTHING', MaxFullLoadSubTasks: 4 },
          ErrorBehavior: { DataErrorPolicy: 'LOG_ERROR', TableErrorPolicy: 'SUSPEND_TABLE' },
        },
      }),
    );

    expect(JSON.parse(text('task-settings.nightly'))).toEqual({
      Logging: { EnableLogging: true },
      FullLoadSettings: { TargetTablePrepMode: 'TRUNCATE_BEFORE_LOAD', MaxFullLoadSubTasks: 4 },
      ErrorBehavior: { DataErrorPolicy: 'SUSPEND_TABLE', TableErrorPolicy: 'SUSPEND_TABLE' },
    });
    expect(found.join()).toContain('TargetTablePrepMode, DataErrorPolicy of the task’s settings: changed');
  });
});

it('asked again, it changes nothing, and before that it is refused in words or made whole, whatever names say', () => {
  const names = fc.oneof(
    fc.constantFrom('orders', 'Order Details', '注文', 'x'.repeat(64), 'a"b', "'); x"),
    fc.string(),
  );
  const columns = fc.dictionary(names, fc.constantFrom('bigint', 'super', 'character(1)', 'date'), {
    minKeys: 1,
  });
  const warehouse = fc.record({
    columns,
    bodies: fc.array(fc.constantFrom(READS, '$$', 'BEGIN', ''), { maxLength: 3 }),
    names,
  });
  fc.assert(
    fc.property(
      mappingRequests,
      warehouse,
      fc.nat(99),
      (make, { columns: all, bodies, names: name }, number) => {
        const { mappings = {}, tables, name: pipeline } = make(number);
        const found = stageOf({
          mappings,
          loaded: [
            { schema: `SRC${number}`, name },
            { schema: `SRC${number}`, name: 'ORDERS' },
          ],
          tables: ['dwh', 'staging', 'order'].map((schema) => tableOf(`${schema}_${number}.orders_stg`, all)),
          procedures: bodies.map((body, index) => foundProcedure(`dwh_${number}.sp_${index}`, body)),
        });
        const project = smallProject({
          'serverless.yml': 'params:\n  dev:\n    dmsTasks:\n      one: arn\n',
        });
        try {
          const request = { name: pipeline, tables, found };
          const first = newPipeline(request, project);
          project.apply(first);
          const second = newPipeline(request, project);
          expect([second.files, second.edits]).toEqual([first.files, []]);
        } catch (error) {
          expect(['InvalidConfig', 'InvalidPipeline']).toContain((error as Error).name);
        }
      },
    ),
  );
});
