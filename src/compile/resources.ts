import type { Pipeline } from '../definition/pipeline.ts';
import { compileLoadFinishedPattern, compileRunStoppedPattern } from './event-rule.ts';
import { arnVariable, TASK_FUNCTIONS, type TaskFunction } from './function-names.ts';
import { compileStateMachine } from './state-machine.ts';

/** Functions that rules and state machines invoke, by the names of their handler files. */
type DeployedFunction = TaskFunction | 'start-run' | 'stop-statements';

/** What the resources of a stage depend on. */
export interface StageSettings {
  readonly stage: string;
  /** ARN of each DMS task by the identifier that pipelines use. */
  readonly taskArns: Readonly<Record<string, string>>;
}

/** A CloudFormation resource, or any part of one. */
export type Resource = { readonly [key: string]: unknown };

/** CloudFormation resources of all pipelines, by logical id: their state machines, and the rule that starts them. */
export function compileResources(
  pipelines: readonly Pipeline[],
  settings: StageSettings,
): Record<string, Resource> {
  const machines = pipelines.map((pipeline) => [
    logicalId(pipeline.name),
    stateMachine(pipeline, settings.stage),
  ]);
  const identifiers = new Set(pipelines.flatMap((pipeline) => pipeline.tasks));
  const arns = [...identifiers].map((identifier) => taskArn(identifier, settings.taskArns));
  return {
    ...Object.fromEntries(machines),
    ...rule('LoadFinished', {
      description: 'A DMS task of one of the pipelines has stopped',
      pattern: compileLoadFinishedPattern(arns),
      target: 'start-run',
    }),
    ...rule('RunStopped', {
      description: 'An execution of one of the pipelines was stopped or has timed out',
      pattern: compileRunStoppedPattern(machineRefs(pipelines)),
      target: 'stop-statements',
    }),
  };
}

function machineRefs(pipelines: readonly Pipeline[]): readonly Resource[] {
  return pipelines.map(({ name }) => ({ Ref: logicalId(name) }));
}

/** ARNs, as Fn::Sub templates, of the pipelines' state machines or of their executions. */
export function statesArns(
  pipelines: readonly Pipeline[],
  stage: string,
  kind: 'stateMachine' | 'execution',
): readonly Resource[] {
  const prefix = `arn:\${AWS::Partition}:states:\${AWS::Region}:\${AWS::AccountId}:${kind}:`;
  const suffix = kind === 'execution' ? ':*' : '';
  return pipelines.map(({ name }) => ({ 'Fn::Sub': `${prefix}${name}-${stage}${suffix}` }));
}

function stateMachine(pipeline: Pipeline, stage: string): Resource {
  return {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      StateMachineName: `${pipeline.name}-${stage}`,
      StateMachineType: 'STANDARD',
      RoleArn: { 'Fn::GetAtt': ['StateMachineRole', 'Arn'] },
      Definition: compileStateMachine(pipeline),
      DefinitionSubstitutions: Object.fromEntries(
        TASK_FUNCTIONS.map((name) => [arnVariable(name), { 'Fn::GetAtt': [functionLogicalId(name), 'Arn'] }]),
      ),
    },
  };
}

interface RuleParts {
  readonly description: string;
  readonly pattern: object;
  readonly target: DeployedFunction;
}

/** A rule of the default bus, and the permission to invoke its function. */
function rule(name: string, { description, pattern, target }: RuleParts): Record<string, Resource> {
  const functionArn = { 'Fn::GetAtt': [functionLogicalId(target), 'Arn'] };
  return {
    [`${name}Rule`]: {
      Type: 'AWS::Events::Rule',
      Properties: {
        Description: description,
        EventPattern: pattern,
        Targets: [{ Id: target, Arn: functionArn }],
      },
    },
    [`${name}Permission`]: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: functionArn,
        Principal: 'events.amazonaws.com',
        SourceArn: { 'Fn::GetAtt': [`${name}Rule`, 'Arn'] },
      },
    },
  };
}

function taskArn(identifier: string, taskArns: StageSettings['taskArns']): string {
  const arn = taskArns[identifier];
  if (arn === undefined) throw new Error(`parameter dmsTasks: has no ARN for the DMS task "${identifier}"`);
  return arn;
}

/** Logical id that the Serverless Framework gives to a function: `StartDashrunLambdaFunction`. */
function functionLogicalId(name: DeployedFunction): string {
  const normalized = name.replaceAll('-', 'Dash');
  return `${normalized.charAt(0).toUpperCase()}${normalized.slice(1)}LambdaFunction`;
}

/** `redshift-elt-load-customer-sales` as `RedshiftEltLoadCustomerSalesStateMachine`. */
function logicalId(pipeline: string): string {
  const words = pipeline.split('-').filter((word) => word !== '');
  return `${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}StateMachine`;
}
