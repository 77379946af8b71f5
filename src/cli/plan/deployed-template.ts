import { type CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { DescribeStateMachineCommand } from '@aws-sdk/client-sfn';
import { askService } from '../../aws-errors/ask-service.ts';
import type { Stage } from '../../compile/stage/stage.ts';
import { machineName, stageName } from '../../compile/stage/stage-names.ts';
import type { Resources } from '../../compile/template/cloudformation.ts';
import { DEADLINE_MACHINE } from '../../compile/template/deadlines.ts';
import { askAsPerson, listMachines } from '../../executions/list-machines.ts';
import type { StepFunctions } from '../../executions/start-execution.ts';
import { membersOf } from '../../plan/json.ts';
import type { Deployable } from '../../plan/plan.ts';
import { machinesOf, readTemplate, type StackTemplate } from '../../plan/template/template.ts';
import { readRules } from '../../preflight/stage/read-stage.ts';

/** Of DescribeStateMachine at once, which AWS throttles. */
const MACHINES_AT_ONCE = 10;

/**
 * What a stack has deployed: its template, and the definitions as Step Functions has them now. A stack that is not there has
 * deployed nothing.
 * @throws ServiceUnavailable, InvalidConfig where AWS does not answer or refuses
 */
export async function readDeployedStack(
  cloudFormation: Pick<CloudFormationClient, 'send'>,
  sfn: StepFunctions,
  stack: string,
): Promise<Deployable & { readonly isThere: boolean }> {
  const text = await readStackTemplate(cloudFormation, stack);
  if (text === undefined)
    return { isThere: false, template: { Resources: {} }, findDefinition: () => undefined };
  const template = readTemplate(text, `the template of stack ${stack}`);
  const names = [...machinesOf(template, () => undefined).values()].map(({ name }) => name);
  const definitions = await readDefinitionsOf(sfn, await listMachines(sfn), names);
  return { isThere: true, template, findDefinition: ({ name }) => definitions.get(name) };
}

async function readStackTemplate(
  cloudFormation: Pick<CloudFormationClient, 'send'>,
  stack: string,
): Promise<string | undefined> {
  const call = {
    ...{ service: 'CloudFormation', operation: `GetTemplate of ${stack}`, expected: ['ValidationError'] },
    advice: { AccessDenied: 'Allow the caller cloudformation:GetTemplate.' },
  };
  try {
    const { TemplateBody } = await askService(call, () =>
      cloudFormation.send(new GetTemplateCommand({ StackName: stack })),
    );
    return TemplateBody;
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}

async function readDefinitionsOf(
  sfn: StepFunctions,
  arns: ReadonlyMap<string, string>,
  names: readonly string[],
): Promise<ReadonlyMap<string, unknown>> {
  const definitions = new Map<string, unknown>();
  const left = names.filter((name) => arns.has(name));
  while (left.length > 0) {
    await Promise.all(
      left.splice(0, MACHINES_AT_ONCE).map(async (name) => {
        const { definition = 'null' } = await askAsPerson(`DescribeStateMachine of ${name}`, () =>
          sfn.send(new DescribeStateMachineCommand({ stateMachineArn: arns.get(name) })),
        );
        definitions.set(name, JSON.parse(definition));
      }),
    );
  }
  return definitions;
}

/**
 * What a stage has deployed where there is no CloudFormation: its machines and the rules that start runs, as they are; all else
 * counts as it is in this tree.
 */
export async function readWithoutStack(
  sfn: StepFunctions,
  events: Pick<EventBridgeClient, 'send'>,
  stage: Stage,
  tree: StackTemplate,
): Promise<Deployable> {
  const arns = await listMachines(sfn);
  const suffix = machineName(stage, '');
  const names = [...arns.keys()].filter((name) => name.endsWith(suffix));
  const definitions = await readDefinitionsOf(sfn, arns, names);
  const machines = names.map((name) => {
    const pipeline = name.slice(0, -suffix.length);
    const own = Object.entries(tree.Resources).find(
      ([, { Properties }]) => membersOf(Properties).StateMachineName === name,
    );
    const Properties = { StateMachineName: name, Tags: [{ Key: 'pipeline', Value: pipeline }] };
    return own ?? ([`${name}Machine`, { Type: 'AWS::StepFunctions::StateMachine', Properties }] as const);
  });
  const rest = Object.entries(tree.Resources).filter(
    ([id, { Type }]) => Type !== 'AWS::StepFunctions::StateMachine' || id === DEADLINE_MACHINE,
  );
  const patterns = await readTriggerPatterns(events, stage);
  const resources = Object.fromEntries([...rest, ...machines]);
  return {
    template: { Resources: withPatterns(resources, patterns) },
    findDefinition: ({ name }) => definitions.get(name),
  };
}

async function readTriggerPatterns(
  events: Pick<EventBridgeClient, 'send'>,
  stage: Stage,
): Promise<readonly unknown[]> {
  const rules = await readRules(events, stage);
  const prefix = stageName(stage, 'LoadFinishedRule');
  return rules.filter(({ name }) => name.startsWith(prefix)).map(({ pattern }) => pattern);
}

/** The rules that start runs, with the patterns that they have. */
function withPatterns(resources: Resources, patterns: readonly unknown[]): Resources {
  const others = Object.entries(resources).filter(([id]) => !/^LoadFinishedRule\d*$/.test(id));
  const rules = patterns.map((EventPattern, index) => [
    `LoadFinishedRule${index === 0 ? '' : index + 1}`,
    { Type: 'AWS::Events::Rule', Properties: { EventPattern } },
  ]);
  return { ...Object.fromEntries(others), ...Object.fromEntries(rules) };
}
