import { describe, expect, it } from 'vitest';
import { readDmsTaskFiles } from '../../src/compile/stage/dms-task-files.ts';
import { readStageParameters } from '../../src/compile/stage/stage-parameters.ts';
import { CLUSTER_PARAMETERS } from '../fixtures/stage.ts';

describe('the files of the task that a stage creates', () => {
  it('are those of the sample unless others are named', () => {
    expect(readDmsTaskFiles(readStageParameters(CLUSTER_PARAMETERS))).toMatchObject({
      tableMappings: { rules: expect.any(Array) },
      settings: { FullLoadSettings: { TargetTablePrepMode: 'TRUNCATE_BEFORE_LOAD' } },
    });
  });

  it('leave no row out without a word', () => {
    expect(readDmsTaskFiles(readStageParameters(CLUSTER_PARAMETERS)).settings).toMatchObject({
      ErrorBehavior: {
        DataErrorPolicy: 'SUSPEND_TABLE',
        DataTruncationErrorPolicy: 'SUSPEND_TABLE',
        TableErrorPolicy: 'SUSPEND_TABLE',
      },
    });
  });
});
