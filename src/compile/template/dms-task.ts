import type { Stage } from '../stage/stage.ts';
import type { Resources } from './cloudformation.ts';

/** The content of the files of the task that a stage creates. */
export interface DmsTaskFiles {
  readonly tableMappings: unknown;
  readonly settings: unknown;
}

/**
 * The DMS task that a stage creates itself. The end of its ARN is fixed, not random, so that rules and functions know
 * the ARN before the task exists.
 * @param files content of the task's files
 */
export function compileDmsTask(
  { createdTask, service, stage }: Stage,
  files: DmsTaskFiles | undefined,
): Resources {
  if (createdTask === undefined || files === undefined) return {};
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
        TableMappings: JSON.stringify(files.tableMappings),
        ReplicationTaskSettings: JSON.stringify(files.settings),
        Tags: [
          { Key: 'service', Value: service },
          { Key: 'stage', Value: stage },
        ],
      },
    },
  };
}
