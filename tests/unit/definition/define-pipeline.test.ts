import { describe, expect, it } from 'vitest';
import { definePipeline } from '../../../src/definition/define-pipeline.ts';
import { RETRIED_BY_DEFAULT } from '../../../src/steps/failure-class.ts';
import { defineAny, valid } from './any-pipeline.ts';

describe('definePipeline', () => {
  it('fills in what a step leaves out', () => {
    const pipeline = definePipeline(valid);

    expect(pipeline.steps).toEqual([
      {
        name: 'Load_Orders',
        kind: 'call',
        calls: [{ procedure: 'mart.sp_load_orders', args: [] }],
        commits: false,
        audits: [],
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
        'stagedTables.0.task: is missing. The pipeline has the tasks "eu", "us", and each may load a table "s.t". Say which one fills a.x, for instance task: "eu"',
      ],
      [
        'a task that is none of its own',
        { stagedTables: [{ table: 'a.x', source: 's.t', task: 'asia' }] },
        'stagedTables.0.task: the pipeline has no task "asia"; its tasks are "eu", "us"',
      ],
      [
        'a table that is staged twice',
        { stagedTables: ['a.x', { table: 'a.x', source: 's.t', task: 'eu' }] },
        'stagedTables.1: "a.x" is listed twice',
      ],
      [
        'a source that its task loads into two tables',
        {
          stagedTables: [
            { table: 'a.x', source: 's.t', task: 'eu' },
            { table: 'a.y', source: 's.t', task: 'eu' },
          ],
        },
        'stagedTables.1.source: task "eu" loads "s.t" into one table, and a.x already has that source',
      ],
      ['a task that is there twice', { tasks: ['eu', 'eu'] }, 'tasks.1: "eu" is listed twice'],
      [
        'an argument that may be either task',
        { steps: { A: { call: [{ procedure: 'x.y', args: [{ run: 'task' }] }] } } },
        "steps.A.call: {run: 'task'} is ambiguous",
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

    expect(pipeline.stagedTables).toEqual([
      { table: 'a.x', source: 's.t', task: 'orders-task', minRows: 1, columns: null, extra: 'fail' },
    ]);
  });

  it.each([1, 168, 169, 2_040, 'never'])('takes %s for the hours without a load', (hoursWithoutLoad) => {
    expect(defineAny({ hoursWithoutLoad })().hoursWithoutLoad).toBe(hoursWithoutLoad);
  });
});
