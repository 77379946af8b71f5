import type { Pipeline } from '../definition/pipeline.ts';
import { compileEventPattern } from './event-rule.ts';
import { arnVariable, TASK_FUNCTIONS, type TaskFunction } from './function-names.ts';
import { compileStateMachine } from './state-machine.ts';

/** What the resources of a stage depend on. */
export interface StageSettings {
  readonly stage: string;
  /** ARN of each DMS task by the identifier that pipelines use. */
  readonly taskArns: Readonly<Record<string, string>>;
}

/** A CloudFormation resource, or any part of one. */
export type Resource = { readonly [key: string]: unknown };

/** CloudFormation resources of all pipelines, by logical id: their state machines, and the rule that starts them. */
export function compileResources(pipelines: readonly Pipeline[], settings: StageSettings): Record<string, Resource> {
  const machines = pipelines.map((pipeline) => [logicalId(pipeline.name), stateMachine(pipeline, settings.stage)]);
  const identifiers = new Set(pipelines.flatMap((pipeline) => pipeline.tasks));
  const arns = [...identifiers].map((identifier) => taskArn(identifier, settings.taskArns));
  return {
    ...Object.fromEntries(machines),
    LoadFinishedRule: loadFinishedRule(arns),
    LoadFinishedPermission: loadFinishedPermission(),
  };
}

/** ARNs, as Fn::Sub templates, of the state machines that start-run may start. */
export function stateMachineArns(pipelines: readonly Pipeline[], stage: string): readonly Resource[] {
  return pipelines.map(({ name }) => {
    const arn = `arn:\${AWS::Partition}:states:\${AWS::Region}:\${AWS::AccountId}:stateMachine:${name}-${stage}`;
    return { 'Fn::Sub': arn };
  });
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

function loadFinishedRule(taskArns: readonly string[]): Resource {
  return {
    Type: 'AWS::Events::Rule',
    Properties: {
      Description: 'A DMS task of one of the pipelines has stopped',
      EventPattern: compileEventPattern(taskArns),
      Targets: [{ Id: 'start-run', Arn: { 'Fn::GetAtt': [functionLogicalId('start-run'), 'Arn'] } }],
    },
  };
}

function loadFinishedPermission(): Resource {
  return {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: { 'Fn::GetAtt': [functionLogicalId('start-run'), 'Arn'] },
      Principal: 'events.amazonaws.com',
      SourceArn: { 'Fn::GetAtt': ['LoadFinishedRule', 'Arn'] },
    },
  };
}

function taskArn(identifier: string, taskArns: StageSettings['taskArns']): string {
  const arn = taskArns[identifier];
  if (arn === undefined) throw new Error(`parameter dmsTasks: has no ARN for the DMS task "${identifier}"`);
  return arn;
}

/** Logical id that the Serverless Framework gives to a function: `StartDashrunLambdaFunction`. */
function functionLogicalId(name: TaskFunction | 'start-run'): string {
  const normalized = name.replaceAll('-', 'Dash');
  return `${normalized.charAt(0).toUpperCase()}${normalized.slice(1)}LambdaFunction`;
}

/** `redshift-elt-load-customer-sales` as `RedshiftEltLoadCustomerSalesStateMachine`. */
function logicalId(pipeline: string): string {
  const words = pipeline.split('-').filter((word) => word !== '');
  return `${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}StateMachine`;
}
