import { describe, expect, it } from 'vitest';
import { definePipeline } from '../../../src/definition/define-pipeline.ts';
import type { Pipeline, PipelineDefinition } from '../../../src/definition/pipeline.ts';

const define = (steps: object): Pipeline =>
  definePipeline({
    name: 'load-orders',
    tasks: ['orders-task'],
    stagedTables: ['mart.orders_stg', 'mart.Items_stg'],
    steps: steps as PipelineDefinition['steps'],
  });

const consumedBefore = (pipeline: Pipeline) =>
  Object.fromEntries(
    pipeline.steps.map((step) => [step.name, step.kind === 'call' ? step.consumedBefore : undefined]),
  );

describe('a step that consumes staged tables', () => {
  it('has them counted before it and for itself, and not behind it, directly or not', () => {
    const pipeline = define({
      First: { call: 'a.b' },
      Eats_Orders: { call: 'a.b', after: ['First'], consumes: ['mart.orders_stg'] },
      Second: { call: 'a.b', after: ['Eats_Orders'] },
      Eats_Items: { call: 'a.b', after: ['Second'], consumes: ['mart.Items_STG', 'mart.orders_stg'] },
      Last: { call: 'a.b', after: ['Eats_Items'] },
    });

    expect(consumedBefore(pipeline)).toEqual({
      First: [],
      Eats_Orders: [],
      Second: ['mart.orders_stg'],
      Eats_Items: ['mart.orders_stg'],
      Last: ['mart.orders_stg', 'mart.items_stg'],
    });
  });

  it('proves that what has no fence and stands before it was done', () => {
    const pipeline = define({
      First: { check: 'x' },
      Eats_Orders: { call: 'a.b', after: ['First'], consumes: ['mart.orders_stg'] },
      Last: { check: 'x', after: ['Eats_Orders'] },
    });

    expect(pipeline.steps.map(({ consumedBehind }) => consumedBehind)).toEqual([['mart.orders_stg'], [], []]);
  });

  it.each([
    [
      'a table that is not staged',
      { A: { call: 'a.b', consumes: ['mart.orders'] } },
      'steps.A.consumes: mart.orders is not one of the stagedTables',
    ],
    [
      'a table twice',
      { A: { call: 'a.b', consumes: ['mart.orders_stg', 'MART.orders_stg'] } },
      'steps.A.consumes: mart.orders_stg is listed twice',
    ],
    [
      'a step beside it',
      { A: { call: 'a.b', consumes: ['mart.orders_stg'] }, B: { call: 'a.b' } },
      'steps.A.consumes: B runs in parallel',
    ],
    [
      'a check beside it',
      { A: { call: 'a.b', consumes: ['mart.orders_stg'] }, B: { check: 'x' } },
      'steps.A.consumes: B runs in parallel',
    ],
    [
      'two that consume side by side',
      {
        A: { call: 'a.b', consumes: ['mart.orders_stg'] },
        B: { call: 'a.b', consumes: ['mart.orders_stg'] },
      },
      'steps.B.consumes: A runs in parallel',
    ],
    [
      'one that commits by itself',
      { A: { call: 'a.b', commits: true, consumes: ['mart.orders_stg'] } },
      'steps.A.consumes: a step with `commits` cannot consume',
    ],
    [
      'a name that is none',
      { A: { call: 'a.b', consumes: ['orders_stg'] } },
      'steps.A.consumes.0: must be schema.name',
    ],
    [
      'a check that consumes',
      { A: { check: 'x', consumes: ['mart.orders_stg'] } },
      'steps.A: Unrecognized key: "consumes"',
    ],
  ])('is refused with %s', (_, steps, message) => {
    expect(() => define(steps)).toThrow(
      expect.objectContaining({ name: 'InvalidPipeline', message: expect.stringContaining(message) }),
    );
  });
});
