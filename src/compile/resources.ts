import { compileAlarms } from './alarms.ts';
import type { Resources } from './cloudformation.ts';
import { compileDmsTask } from './dms-task.ts';
import { compileNotificationTopic } from './notification-topic.ts';
import { compileQueues } from './queues.ts';
import { compileRoles } from './roles.ts';
import { compileRules, ruleIds } from './rules.ts';
import type { Stage } from './stage.ts';
import { compileStateMachines, type DefinitionFile } from './state-machine-resources.ts';

/** What a stage consists of beside its functions, in the groups that serverless.yml lists. */
export interface StageResources {
  readonly roles: Resources;
  readonly stateMachines: Resources;
  readonly rules: Resources;
  readonly queues: Resources;
  readonly notifications: Resources;
  readonly alarms: Resources;
  readonly dmsTask: Resources;
  /** Definitions that do not fit into the template: files for the deployment bucket. */
  readonly definitionFiles: readonly DefinitionFile[];
}

/**
 * Compiles everything that follows from pipelines and parameters.
 * @param tableMappings of the DMS task that is to be created
 * @throws InvalidPipeline
 */
export function compileResources(stage: Stage, tableMappings: unknown): StageResources {
  const { resources: stateMachines, files: definitionFiles } = compileStateMachines(stage);
  const rules = compileRules(stage);
  return {
    roles: compileRoles(stage),
    stateMachines,
    rules,
    queues: compileQueues(stage, ruleIds(rules)),
    notifications: compileNotificationTopic(stage),
    alarms: compileAlarms(stage),
    dmsTask: compileDmsTask(stage, tableMappings),
    definitionFiles,
  };
}
