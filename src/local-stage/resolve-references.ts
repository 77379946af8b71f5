import type { Resource, Resources } from '../compile/template/cloudformation.ts';
import { InvalidConfig } from '../errors/errors.ts';
import {
  functionArn,
  LOCAL_ACCOUNT,
  LOCAL_REGION,
  queueArn,
  ruleArn,
  snsTopicArn,
  stateMachineArn,
} from '../local/index.ts';

/**
 * Replaces the references in a part of a template with their values in the local AWS. @throws InvalidConfig for
 * unknown ones
 */
export type Resolve = (part: unknown) => unknown;

/** The values of a resource for references: `Ref`, and the attributes of Fn::GetAtt. */
type Attributes = Readonly<Record<string, string>>;

const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::AccountId': LOCAL_ACCOUNT,
  'AWS::Partition': 'aws',
  'AWS::Region': LOCAL_REGION,
};

/** Return values of the local resources, by type. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/ */
const ATTRIBUTES: Readonly<Record<string, (name: string) => Attributes>> = {
  'AWS::Events::Rule': (name) => ({ Ref: name, Arn: ruleArn(name) }),
  'AWS::Lambda::Function': (name) => ({ Ref: name, Arn: functionArn(name) }),
  'AWS::SNS::Topic': (name) => ({ Ref: snsTopicArn(name), TopicArn: snsTopicArn(name), TopicName: name }),
  'AWS::SQS::Queue': (name) => ({ Arn: queueArn(name), QueueName: name }),
  'AWS::StepFunctions::StateMachine': (name) => ({
    Ref: stateMachineArn(name),
    Arn: stateMachineArn(name),
    Name: name,
  }),
};

/** Properties that hold a resource's name, by type. */
const NAME_PROPERTIES: Readonly<Record<string, string>> = {
  'AWS::Events::Rule': 'Name',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::StepFunctions::StateMachine': 'StateMachineName',
};

/** A resource's name: the one it gives itself, or one that CloudFormation would make, without the random end. */
export function physicalName(stack: string, logicalId: string, { Type, Properties }: Resource): string {
  const given = (Properties as Resource)[NAME_PROPERTIES[String(Type)] ?? ''];
  if (given === undefined) return `${stack}-${logicalId}`;
  if (typeof given === 'string') return given;
  throw new InvalidConfig(`resource ${logicalId}: the local stage takes a name that is a plain text`);
}

/** @see Resolve */
export function createResolver(stack: string, resources: Resources): Resolve {
  const attribute = (logicalId: string, name: string): string => {
    const resource = resources[logicalId];
    const type = String(resource?.Type);
    const value = resource && ATTRIBUTES[type]?.(physicalName(stack, logicalId, resource))[name];
    if (value !== undefined) return value;
    const what = resource === undefined ? 'no resource of the template' : `of type ${type}`;
    throw new InvalidConfig(`the local stage does not know "${name}" of ${logicalId}, which is ${what}`);
  };
  const reference = (name: string): string => PSEUDO_PARAMETERS[name] ?? attribute(name, 'Ref');
  const named = (path: string): string => {
    const [logicalId = '', ...rest] = path.split('.');
    return rest.length === 0 ? reference(path) : attribute(logicalId, rest.join('.'));
  };

  const resolve: Resolve = (part) => {
    if (Array.isArray(part)) return part.map(resolve);
    if (typeof part !== 'object' || part === null) return part;
    const entries = Object.entries(part);
    const [first = ['', undefined]] = entries;
    const isIntrinsic = entries.length === 1 && (first[0] === 'Ref' || first[0].startsWith('Fn::'));
    if (isIntrinsic) return evaluate(first[0], first[1]);
    return Object.fromEntries(entries.map(([key, value]) => [key, resolve(value)]));
  };

  function evaluate(name: string, argument: unknown): string {
    if (name === 'Ref') return reference(String(argument));
    if (name === 'Fn::GetAtt') return named(Array.isArray(argument) ? argument.join('.') : String(argument));
    if (name === 'Fn::Join' && Array.isArray(argument)) {
      const [separator, parts] = argument;
      return (resolve(parts) as readonly unknown[]).map(String).join(String(separator));
    }
    // `${!Literal}` is left to whoever reads the text.
    if (name === 'Fn::Sub' && typeof argument === 'string')
      return argument.replaceAll(/\$\{([^!}]+)\}/g, (_, path: string) => named(path));
    throw new InvalidConfig(
      `the local stage cannot evaluate ${JSON.stringify({ [name]: argument })}: it knows Ref, Fn::GetAtt, Fn::Join, and Fn::Sub of a text`,
    );
  }

  return resolve;
}
