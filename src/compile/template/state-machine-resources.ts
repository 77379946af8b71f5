import { createHash } from 'node:crypto';
import { describeDeadline } from '../../definition/deadline/deadline.ts';
import type { Pipeline } from '../../definition/pipeline.ts';
import { InvalidPipeline } from '../../errors/errors.ts';
import type { StateMachineDefinition } from '../machine/asl.ts';
import { indentedBytes } from '../machine/estimate-run.ts';
import { DEFINITION_BYTES } from '../machine/service-limits.ts';
import { compileStateMachine } from '../machine/state-machine.ts';
import { partitionOf } from '../stage/partition.ts';
import type { Stage } from '../stage/stage.ts';
import { machineName } from '../stage/stage-names.ts';
import { functionLogicalId, getArn, pascalCase, type Resource, type Resources } from './cloudformation.ts';
import { arnVariable, TASK_FUNCTIONS } from './function-names.ts';

/**
 * Definitions are part of the template while all of them together have at most this many bytes, which is half of what
 * CloudFormation accepts, and while none is too large for it. Otherwise they are files in the deployment bucket.
 */
const INLINE_BYTES = 500_000;

/** A definition that is a file in the deployment bucket. */
export interface DefinitionFile {
  readonly key: string;
  readonly body: string;
}

/** State machines of all pipelines and the log group that they share, and the files that belong to them. */
export interface StateMachineResources {
  readonly resources: Resources;
  readonly files: readonly DefinitionFile[];
}

/** Compiles every pipeline's state machine. @throws InvalidPipeline */
export function compileStateMachines(stage: Stage): StateMachineResources {
  refuseLikeNames(stage.pipelines);
  const compiled = stage.pipelines.map((pipeline) => ({
    pipeline,
    definition: inPartition(stage, compileStateMachine(pipeline)),
  }));
  const bytes = compiled.reduce((sum, { definition }) => sum + JSON.stringify(definition).length, 0);
  const areSmall = compiled.every(({ definition }) => indentedBytes(definition) <= DEFINITION_BYTES);
  const files = compiled.map(({ pipeline, definition }) => definitionFile(stage, pipeline, definition));
  const isInline = bytes <= INLINE_BYTES && areSmall;
  const machines = compiled.map(({ pipeline, definition }, index) => [
    machineLogicalId(pipeline.name),
    stateMachine(
      stage,
      pipeline,
      isInline ? { Definition: definition } : location(files[index] as DefinitionFile),
    ),
  ]);
  return {
    resources: { StateMachineLogGroup: logGroup(stage), ...Object.fromEntries(machines) },
    files: isInline ? [] : files,
  };
}

export function machineLogicalId(pipeline: string): string {
  return `${pascalCase(pipeline)}StateMachine`;
}

function refuseLikeNames(pipelines: readonly Pipeline[]): void {
  const owners = new Map<string, string>();
  for (const { name } of pipelines) {
    const other = owners.get(machineLogicalId(name));
    if (other !== undefined)
      throw new InvalidPipeline(`pipeline "${name}": its name differs from "${other}" only by a hyphen`);
    owners.set(machineLogicalId(name), name);
  }
}

/** With the integrations of the stage's partition: Step Functions refuses those of another. */
function inPartition({ region }: Stage, definition: StateMachineDefinition): StateMachineDefinition {
  const [ofAws, own] = ['aws', partitionOf(region)].map((partition) => `"arn:${partition}:states:::`);
  return JSON.parse(JSON.stringify(definition).replaceAll(ofAws ?? '', own ?? ''));
}

/**
 * The file is named after its content, so that CloudFormation notices a changed definition. It is in the folder that
 * the framework empties when a stage is removed, because a bucket that is not empty cannot be deleted.
 */
function definitionFile(
  { service, stage }: Stage,
  pipeline: Pipeline,
  definition: StateMachineDefinition,
): DefinitionFile {
  const body = JSON.stringify(definition);
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 16);
  return { key: `serverless/${service}/${stage}/definitions/${pipeline.name}-${hash}.json`, body };
}

function location({ key }: DefinitionFile): Resource {
  return { DefinitionS3Location: { Bucket: { Ref: 'ServerlessDeploymentBucket' }, Key: key } };
}

function stateMachine(stage: Stage, pipeline: Pipeline, definition: Resource): Resource {
  const substitutions = TASK_FUNCTIONS.map((name) => [arnVariable(name), getArn(functionLogicalId(name))]);
  return {
    Type: 'AWS::StepFunctions::StateMachine',
    // Deleting a state machine ends its runs at their next state. Without runs it costs nothing and can be deleted by hand.
    // One that a failed deployment has just made has none, and would be in the way of the next.
    DeletionPolicy: 'RetainExceptOnCreate',
    UpdateReplacePolicy: 'Retain',
    // What the functions' code has of a pipeline, and the machine does not: npm run plan compares it.
    Metadata: {
      ...{ windowHours: pipeline.windowHours, companionHours: pipeline.companionHours },
      ...(pipeline.deadline && { deadline: describeDeadline(pipeline.deadline) }),
    },
    Properties: {
      StateMachineName: machineName(stage, pipeline.name),
      StateMachineType: 'STANDARD',
      RoleArn: getArn('StateMachineRole'),
      ...definition,
      DefinitionSubstitutions: Object.fromEntries(substitutions),
      LoggingConfiguration: {
        Level: 'ALL',
        IncludeExecutionData: stage.parameters.logExecutionData,
        Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: getArn('StateMachineLogGroup') } }],
      },
      TracingConfiguration: { Enabled: true },
      Tags: [
        { Key: 'service', Value: stage.service },
        { Key: 'stage', Value: stage.stage },
        { Key: 'pipeline', Value: pipeline.name },
      ],
    },
  };
}

/**
 * Log groups whose names begin like this need no entry of their own in the account's resource policy, which has
 * little room.
 */
function logGroup({ service, stage, parameters }: Stage): Resource {
  return {
    Type: 'AWS::Logs::LogGroup',
    Properties: {
      LogGroupName: `/aws/vendedlogs/states/${service}-${stage}`,
      RetentionInDays: parameters.logRetentionDays,
    },
  };
}
