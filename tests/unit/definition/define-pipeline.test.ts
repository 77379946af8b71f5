import { describe, expect, it } from 'vitest';
import { definePipeline } from '../../../src/definition/define-pipeline.ts';
import { RETRIED_BY_DEFAULT } from '../../../src/definition/failure-class.ts';
import type { PipelineDefinition } from '../../../src/definition/pipeline.ts';

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
        after: [],
        timeoutSeconds: 21_600,
        retry: { attempts: 4, on: [...RETRIED_BY_DEFAULT] },
      },
    ]);
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

  it.each([
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
    ['no steps', { steps: {} }, 'steps: must have at least one step'],
    ['a timeout of nothing', { steps: { A: { call: 'x.y', timeoutSeconds: 0 } } }, 'steps.A.timeoutSeconds'],
    ['an unknown field', { steps: { A: { call: 'x.y', timeout: 5 } } }, 'steps.A: Unrecognized key'],
  ])('refuses %s and says where', (_, overrides, message) => {
    expect(defineAny(overrides)).toThrow(
      expect.objectContaining({ name: 'InvalidPipeline', message: expect.stringContaining(message) }),
    );
  });
});
