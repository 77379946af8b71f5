import { describe, expect, it } from 'vitest';
import { definePipeline } from '../../../src/definition/define-pipeline.ts';
import { fillSampleStack } from '../../../src/local-stage/fill-sample-stack.ts';
import { createFakeWarehouse } from '../../fixtures/fake-warehouse.ts';

const reads = definePipeline({
  name: 'read-people',
  tasks: ['night'],
  stagedTables: ['dbo.Person'],
  steps: { Read: { call: 'dbo.sp_read' } },
});

const eats = definePipeline({
  name: 'eat-people',
  tasks: ['night'],
  stagedTables: ['dbo.person'],
  steps: { Eat: { call: 'dbo.sp_eat', consumes: ['DBO.person'] } },
});

describe('the local stack', () => {
  it('refuses at its start, as packaging does, a pipeline that empties a staged table of another', async () => {
    const starting = fillSampleStack(
      {
        port: 0,
        sample: { kind: 'small' },
        pipelines: [reads, eats],
        onNotification: () => {},
        onLog: () => {},
      },
      Promise.resolve(createFakeWarehouse()),
      () => {},
    );

    await expect(starting).rejects.toMatchObject({
      name: 'InvalidPipeline',
      message:
        'pipeline "eat-people": steps.Eat.consumes: dbo.person is also a staged table of pipeline "read-people", which would find it empty',
    });
  });
});
