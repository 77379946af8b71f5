import type { Resources } from './cloudformation.ts';
import type { Stage } from './stage.ts';

/**
 * Settings of the task that a stage creates. DMS' defaults skip a row that does not fit and go on; here the table is
 * suspended, and Verify_Full_Load says which one.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TaskSettings.ErrorHandling.html
 */
const TASK_SETTINGS = {
  FullLoadSettings: { TargetTablePrepMode: 'TRUNCATE_BEFORE_LOAD' },
  ErrorBehavior: {
    DataErrorPolicy: 'SUSPEND_TABLE',
    DataTruncationErrorPolicy: 'SUSPEND_TABLE',
    TableErrorPolicy: 'SUSPEND_TABLE',
    FullLoadIgnoreConflicts: false,
  },
  Logging: { EnableLogging: true },
};

/**
 * The DMS task that a stage creates itself. The end of its ARN is given, not drawn, so that rules and functions know it
 * before it exists.
 * @param tableMappings content of the mappings' file
 */
export function compileDmsTask({ createdTask, service, stage }: Stage, tableMappings: unknown): Resources {
  if (createdTask === undefined) return {};
  return {
    FullLoadTask: {
      Type: 'AWS::DMS::ReplicationTask',
      Properties: {
        ReplicationTaskIdentifier: createdTask.name,
        ResourceIdentifier: createdTask.name,
        MigrationType: 'full-load',
        ReplicationInstanceArn: createdTask.replicationInstanceArn,
        SourceEndpointArn: createdTask.sourceEndpointArn,
        TargetEndpointArn: createdTask.targetEndpointArn,
        TableMappings: JSON.stringify(tableMappings),
        ReplicationTaskSettings: JSON.stringify(TASK_SETTINGS),
        Tags: [
          { Key: 'service', Value: service },
          { Key: 'stage', Value: stage },
        ],
      },
    },
  };
}
