import { describe, expect, it } from 'vitest';
import { definePipeline } from '../../../../src/definition/define-pipeline.ts';
import { orders } from '../../../fixtures/pipeline.ts';
import { CLUSTER_PARAMETERS, testStage } from '../../../fixtures/stage.ts';

const longest = definePipeline({
  name: 'l'.repeat(60),
  tasks: ['orders-task'],
  stagedTables: ['mart.orders_stg'],
  steps: { Load_Orders: { call: 'mart.sp_load_orders' } },
});

const stage = (characters: number, pipelines = [orders]) =>
  testStage(CLUSTER_PARAMETERS, pipelines, 's'.repeat(characters));

describe('the name of a stage', () => {
  // `elt-STAGE-eu-central-1-statements`
  it('is refused where the role around statements would have more than 64 characters', () => {
    expect(() => stage(36)).not.toThrow();
    expect(() => stage(37)).toThrow(
      /^stage "s+": is too long by 1: the role "elt-s+-eu-central-1-statements" may have 64 characters$/,
    );
  });

  it('is refused where a state machine would have more than 80 characters', () => {
    expect(() => stage(19, [longest])).not.toThrow();
    expect(() => stage(20, [longest])).toThrow(
      /^stage "s+": is too long by 1: the state machine "l+-s+" may have 80 characters$/,
    );
  });
});
