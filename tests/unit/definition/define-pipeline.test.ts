import { describe, expect, it } from 'vitest';
import { definePipeline } from '../../../src/definition/define-pipeline.ts';
import type { PipelineDefinition } from '../../../src/definition/pipeline.ts';
import { RETRIED_BY_DEFAULT } from '../../../src/steps/failure-class.ts';

const valid = {
  name: 'load-orders',
  tasks: ['orders-task'],
  stagedTables: ['mart.orders_stg'],
  steps: { Load_Orders: { call: 'mart.sp_load_orders' } },
} as const satisfies PipelineDefinition;

const defineAny = (overrides: object) => () =>
  definePipeline({ ...valid, ...overrides } as PipelineDefinition);

describe('definePipeline', () => {
  it('fills in what a step leaves out', () => {
    const pipeline = definePipeline(valid);

    expect(pipeline.steps).toEqual([
      {
        name: 'Load_Orders',
        kind: 'call',
        calls: [{ procedure: 'mart.sp_load_orders', args: [] }],
        commits: false,
        consumes: [],
        consumedBefore: [],
        consumedBehind: [],
        after: [],
        timeoutSeconds: 21_600,
        retry: { attempts: 4, on: [...RETRIED_BY_DEFAULT] },
      },
    ]);
  });

  it('takes names as SQL Server and MySQL have them, folded as Redshift folds them', () => {
    const { stagedTables, steps } = definePipeline({
      ...valid,
      stagedTables: [
        { table: 'dbo.Person', source: 'dbo.Person' },
        { table: 'dbo.Order Details', source: 'Sales.Order.Details' },
        'order.x$Y',
        'dbo.STRAßE_É',
      ],
      steps: { Load_Orders: { call: 'dbo.sp_LoadPerson' } },
    });

    expect(stagedTables.map(({ table }) => table)).toEqual([
      'dbo.person',
      'dbo.order details',
      'order.x$y',
      'dbo.straße_É',
    ]);
    expect(steps[0]).toMatchObject({ calls: [{ procedure: 'dbo.sp_loadperson' }] });
  });

  it('does not compile when `after` names a step that does not exist', () => {
    const define = () =>
      definePipeline({
        ...valid,
        // @ts-expect-error there is no step Load_Order
        steps: { Load_Orders: { call: 'a.b' }, Next: { call: 'a.b', after: ['Load_Order'] } },
      });

    expect(define).toThrow('pipeline "load-orders": steps.Next.after: there is no step "Load_Order"');
  });

  describe('with several tasks', () => {
    const two = { tasks: ['eu', 'us'] };

    it('takes the task that each staged table names', () => {
      const pipeline = defineAny({
        ...two,
        stagedTables: [
          { table: 'a.x_eu', source: 's.t', task: 'eu' },
          { table: 'a.x_us', source: 's.t', task: 'us' },
          'a.y',
        ],
      })();

      expect(pipeline.stagedTables.map(({ task }) => task)).toEqual(['eu', 'us', null]);
    });

    it.each([
      [
        'a source of which no task is named',
        { stagedTables: [{ table: 'a.x', source: 's.t' }] },
        'stagedTables.0.task: is missing: the pipeline has the tasks "eu", "us", and each may load a table "s.t"; add which one fills a.x, for instance task: "eu"',
      ],
      [
        'a task that is none of its own',
        { stagedTables: [{ table: 'a.x', source: 's.t', task: 'asia' }] },
        'stagedTables.0.task: the pipeline has no task "asia"; its tasks are "eu", "us"',
      ],
      [
        'a table that is staged twice',
        { stagedTables: ['a.x', { table: 'a.x', source: 's.t', task: 'eu' }] },
        'stagedTables.1: "a.x" is there twice',
      ],
      [
        'a source that its task loads into two tables',
        {
          stagedTables: [
            { table: 'a.x', source: 's.t', task: 'eu' },
            { table: 'a.y', source: 's.t', task: 'eu' },
          ],
        },
        'stagedTables.1.source: task "eu" loads "s.t" into one table, and a.x is said to be it',
      ],
      ['a task that is there twice', { tasks: ['eu', 'eu'] }, 'tasks.1: "eu" is there twice'],
      [
        'an argument that may be either task',
        { steps: { A: { call: [{ procedure: 'x.y', args: [{ run: 'task' }] }] } } },
        "steps.A.call: {run: 'task'} is not plain",
      ],
    ])('refuses %s', (_, overrides, message) => {
      expect(defineAny({ ...two, ...overrides })).toThrow(
        expect.objectContaining({ name: 'InvalidPipeline', message: expect.stringContaining(message) }),
      );
    });
  });

  it('takes its only task for the one that fills a staged table, and that runs', () => {
    const args = [{ run: 'task' }];
    const pipeline = defineAny({
      stagedTables: [{ table: 'a.x', source: 's.t' }],
      steps: { A: { call: [{ procedure: 'x.y', args }] } },
    })();

    expect(pipeline.stagedTables).toEqual([{ table: 'a.x', source: 's.t', task: 'orders-task', minRows: 1 }]);
  });

  it.each([1, 168, 169, 2_040, 'never'])('takes %s for the hours without a load', (hoursWithoutLoad) => {
    expect(defineAny({ hoursWithoutLoad })().hoursWithoutLoad).toBe(hoursWithoutLoad);
  });

  it.each([
    ['no hours without a load', { hoursWithoutLoad: 0 }, 'hoursWithoutLoad: must be a whole number of hours'],
    ['hours in words', { hoursWithoutLoad: '8' }, 'hoursWithoutLoad: must be a whole number of hours'],
    ['a part of an hour', { hoursWithoutLoad: 1.5 }, 'hoursWithoutLoad: must be a whole number of hours'],
    [
      'a procedure with parentheses',
      { steps: { A: { call: 'x.y()' } } },
      'steps.A.call: must be schema.name without parentheses',
    ],
    [
      'a procedure with its types',
      { steps: { A: { call: [{ procedure: 'x.y(integer)', args: [5] }] } } },
      'steps.A.call.0.procedure: must be schema.name without parentheses',
    ],
    ['more than are remembered', { hoursWithoutLoad: 2_041 }, "from 1 to 2040, or 'never'"],
    ['an upper-case name', { name: 'Load' }, 'name: must be lower-case'],
    ['a name too long for its stage', { name: 'a'.repeat(61) }, 'name: must have at most 60'],
    ['no task', { tasks: [] }, 'tasks: '],
    [
      'a procedure with an injection',
      { steps: { A: { call: 'x.y(); DROP TABLE z' } } },
      'steps.A.call: must be schema.name',
    ],
    [
      'a type with an injection',
      { steps: { A: { call: { procedure: 'x.y', args: [{ value: 5, as: 'integer); DROP TABLE z' }] } } } },
      'must be a type like integer',
    ],
    ['a procedure without a schema', { steps: { A: { call: 'sp' } } }, 'steps.A.call: must be schema.name'],
    ['a step name with a space', { steps: { 'A B': { call: 'x.y' } } }, 'steps.A B: must be letters, digits'],
    [
      'a step name that leaves no room for its states',
      { steps: { ['A'.repeat(65)]: { call: 'x.y' } } },
      'steps.A',
    ],
    [
      'a staged table without a schema',
      { stagedTables: ['person'] },
      'stagedTables.0: must be schema.name, with one dot',
    ],
    [
      'a staged table with a database',
      { stagedTables: ['erp.dbo.Person'] },
      'stagedTables.0: must be schema.name, with one dot',
    ],
    [
      'a staged table in brackets, as SQL Server writes it',
      { stagedTables: [{ table: '[dbo].[Order Details]' }] },
      'stagedTables.0.table: must be schema.name without quotes or brackets',
    ],
    [
      'a quote in a name',
      { stagedTables: ["dbo.o'brien"] },
      'stagedTables.0: must be schema.name without quotes',
    ],
    [
      'a sign of the fence’s list in a name',
      { stagedTables: ['dbo.a=b'] },
      'stagedTables.0: must be schema.name of letters',
    ],
    ['a name that Redshift would cut', { stagedTables: [`dbo.${'é'.repeat(64)}`] }, 'at most 127 bytes'],
    [
      'a staged table that is there twice',
      { stagedTables: ['dbo.Person', 'dbo.person'] },
      'stagedTables.1: "dbo.person" is there twice',
    ],
    [
      'an unknown field of a staged table',
      { stagedTables: [{ table: 'a.b', rows: 1 }] },
      'stagedTables.0: Unrecognized key: "rows"',
    ],
    [
      'a staged table that is a number',
      { stagedTables: [5] },
      'stagedTables.0: Invalid input: expected string',
    ],
    [
      'ignoring other tables without saying which ones matter',
      { otherTables: 'ignore', stagedTables: ['a.b', { table: 'a.c', source: 's.c' }] },
      "stagedTables.0: a.b must name its source, since otherTables is 'ignore'",
    ],
    [
      'a source without a schema',
      { stagedTables: [{ table: 'a.b', source: 'person' }] },
      'stagedTables.0.source: must be schema.name, as DMS calls it',
    ],
    [
      'a procedure in quotes',
      { steps: { A: { call: ['x.y', { procedure: '"x".y', args: [] }] } } },
      'steps.A.call.1.procedure: must be schema.name without quotes',
    ],
    ['no steps', { steps: {} }, 'steps: must have at least one step'],
    ['a timeout of nothing', { steps: { A: { call: 'x.y', timeoutSeconds: 0 } } }, 'steps.A.timeoutSeconds'],
    ['an unknown field', { steps: { A: { call: 'x.y', timeout: 5 } } }, 'steps.A: Unrecognized key'],
  ])('refuses %s and says where', (_, overrides, message) => {
    expect(defineAny(overrides)).toThrow(
      expect.objectContaining({ name: 'InvalidPipeline', message: expect.stringContaining(message) }),
    );
  });
});
