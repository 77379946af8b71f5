import { definePipeline } from '../../../src/definition/define-pipeline.ts';

const stagedTables = ['dbo.customer_stg'] as const;
/** Two tasks, and two branches of which the first fails. */
export const branches = definePipeline({
  name: 'load-branches',
  tasks: ['task-eu', 'task-us'],
  stagedTables,
  steps: {
    Load_First: { call: 'dbo.sp_fine' },
    Load_Keys: { call: 'dbo.sp_half', commits: true, after: ['Load_First'] },
    Load_Facts: { call: 'dbo.sp_waits', after: ['Load_First'] },
    Load_Last: { call: 'dbo.sp_fine', after: ['Load_Keys', 'Load_Facts'] },
  },
});
/** A pipeline whose name begins with the other's. */
export const branchesMore = definePipeline({
  name: 'load-branches-local-more',
  tasks: ['task-eu'],
  stagedTables,
  steps: { Load_More: { call: 'dbo.sp_fine' } },
});
