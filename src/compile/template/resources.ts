import { assertDeployableTogether } from '../../definition/assert-together.ts';
import { InvalidPipeline } from '../../errors/errors.ts';
import { TEMPLATE_RESOURCES } from '../machine/service-limits.ts';
import type { Stage } from '../stage/stage.ts';
import { compileAlarms } from './alarms.ts';
import { compileChatChannels } from './chat-channels.ts';
import type { Resources } from './cloudformation.ts';
import { compileDeadlines } from './deadlines.ts';
import { compileDmsTask, type DmsTaskFiles } from './dms-task.ts';
import { EVENT_FUNCTIONS, TASK_FUNCTIONS } from './function-names.ts';
import { compileNotificationTopic } from './notification-topic.ts';
import { compileQueues } from './queues.ts';
import { compileRoles } from './roles.ts';
import { compileRules, ruleIds } from './rules.ts';
import { compileStateMachines, type DefinitionFile } from './state-machine-resources.ts';

/**
 * Resources that the framework adds: a function and a log group for each handler, the deployment bucket and its
 * policy.
 */
export const FRAMEWORK_RESOURCES = 2 * (EVENT_FUNCTIONS.length + TASK_FUNCTIONS.length) + 2;

/** The resources of a stage besides its functions, in the groups that serverless.yml lists. */
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
 * Compiles all resources from pipelines and parameters.
 * @param taskFiles files of the DMS task that is created
 * @throws InvalidPipeline for a pipeline that cannot be deployed, and for more pipelines than a stack can hold
 */
export function compileResources(stage: Stage, taskFiles: DmsTaskFiles | undefined): StageResources {
  assertDeployableTogether(stage.pipelines);
  const { resources: stateMachines, files: definitionFiles } = compileStateMachines(stage);
  const rules = compileRules(stage);
  const groups = {
    roles: compileRoles(stage),
    stateMachines,
    rules: { ...rules, ...compileDeadlines(stage) },
    queues: compileQueues(stage, ruleIds(rules)),
    notifications: { ...compileNotificationTopic(stage), ...compileChatChannels(stage) },
    alarms: compileAlarms(stage),
    dmsTask: compileDmsTask(stage, taskFiles),
  };
  refuseTooMany(stage, Object.values(groups));
  return { ...groups, definitionFiles };
}

/** Every pipeline has a state machine and two alarms, and its part of rules and policies. @throws InvalidPipeline */
function refuseTooMany({ pipelines }: Stage, groups: readonly Resources[]): void {
  const count = groups.reduce((sum, group) => sum + Object.keys(group).length, FRAMEWORK_RESOURCES);
  if (count <= TEMPLATE_RESOURCES) return;
  throw new InvalidPipeline(
    `${pipelines.length} pipelines need ${count} resources, but CloudFormation allows ${TEMPLATE_RESOURCES} in a stack: deploy some of them as another service`,
  );
}
