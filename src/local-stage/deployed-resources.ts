import * as z from 'zod';
import type { Resource } from '../compile/template/cloudformation.ts';
import { InvalidConfig } from '../errors/errors.ts';
import type { JsonObject, MachineSource, QueueSpec, RuleSpec } from '../local/index.ts';
import type { CompiledStage } from './compiled-stage.ts';
import { readRule } from './deployed-rule.ts';
import { readAs } from './read-as.ts';
import { createResolver, physicalName, type Resolve } from './resolve-references.ts';

/** The resources of the local AWS, read from a template. */
export interface DeployedResources {
  readonly machines: readonly MachineSource[];
  readonly rules: readonly RuleSpec[];
  readonly queues: readonly QueueSpec[];
  /** Names. */
  readonly topics: readonly string[];
  /** ARN of the queue for invocations that failed for good, by function. */
  readonly failureQueues: Readonly<Record<string, string>>;
}

/** Types that are ignored: the local AWS has no permissions, logs, alarms and subscriptions. */
const WITHOUT_EFFECT: readonly string[] = [
  'AWS::CloudWatch::Alarm',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Role',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::SNS::Subscription',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
];

/** Properties that are read by type, and those that are without effect here. */
const PROPERTIES: Readonly<Record<string, { read: readonly string[]; without: readonly string[] }>> = {
  'AWS::Events::Rule': {
    read: ['Description', 'EventPattern', 'Name', 'ScheduleExpression', 'State', 'Targets'],
    without: [],
  },
  'AWS::Lambda::EventInvokeConfig': {
    read: ['DestinationConfig', 'FunctionName', 'MaximumEventAgeInSeconds', 'MaximumRetryAttempts'],
    without: ['Qualifier'],
  },
  'AWS::Lambda::Function': { read: ['FunctionName'], without: [] },
  'AWS::SNS::Topic': { read: ['TopicName'], without: [] },
  'AWS::SQS::Queue': {
    read: ['QueueName', 'VisibilityTimeout'],
    without: ['MessageRetentionPeriod', 'SqsManagedSseEnabled'],
  },
  'AWS::StepFunctions::StateMachine': {
    read: ['Definition', 'DefinitionS3Location', 'DefinitionSubstitutions', 'StateMachineName', 'Tags'],
    without: ['LoggingConfiguration', 'RoleArn', 'StateMachineType', 'TracingConfiguration'],
  },
};

/** Two more attempts within six hours: Lambda's default, and the only setting that the local AWS supports. */
const InvokeConfigSchema = z.strictObject({
  FunctionName: z.string(),
  MaximumEventAgeInSeconds: z.literal(21_600).optional(),
  MaximumRetryAttempts: z.literal(2).optional(),
  DestinationConfig: z.strictObject({ OnFailure: z.strictObject({ Destination: z.string() }) }),
});

const QueueSchema = z.object({ VisibilityTimeout: z.int().optional() });

const MachineSchema = z.object({
  Definition: z.record(z.string(), z.json()).optional(),
  DefinitionS3Location: z.object({ Key: z.string() }).optional(),
  DefinitionSubstitutions: z.record(z.string(), z.string()).default({}),
  Tags: z.array(z.object({ Key: z.string(), Value: z.string() })).default([]),
});

/**
 * Reads what a compiled stage deploys.
 * @throws InvalidConfig for a resource, a property or a reference that the local AWS does not know
 */
export function readDeployedResources({
  stack,
  resources,
  definitionFiles,
}: CompiledStage): DeployedResources {
  const resolve = createResolver(stack, resources);
  const found = Object.entries(resources)
    .filter(([, { Type }]) => !WITHOUT_EFFECT.includes(String(Type)))
    .map(([id, resource]) => ({
      type: String(resource.Type),
      name: physicalName(stack, id, resource),
      properties: readProperties(id, resource, resolve),
    }));
  const ofType = (type: string) => found.filter((resource) => resource.type === type);
  const bodies = new Map(definitionFiles.map(({ key, body }) => [key, body]));
  const invokeConfigs = ofType('AWS::Lambda::EventInvokeConfig').map(({ properties }) =>
    readAs(InvokeConfigSchema, 'AWS::Lambda::EventInvokeConfig', properties),
  );
  return {
    machines: ofType('AWS::StepFunctions::StateMachine').map(({ name, properties }) =>
      readMachine(name, properties, bodies),
    ),
    rules: ofType('AWS::Events::Rule').map(({ name, properties }) => readRule(name, properties)),
    queues: ofType('AWS::SQS::Queue').map(({ name, properties }) => {
      const { VisibilityTimeout: seconds } = readAs(QueueSchema, `queue ${name}`, properties);
      return { name, ...(seconds === undefined ? {} : { visibilityTimeoutSeconds: seconds }) };
    }),
    topics: ofType('AWS::SNS::Topic').map(({ name }) => name),
    failureQueues: Object.fromEntries(
      invokeConfigs.map(({ FunctionName, DestinationConfig }) => [
        FunctionName,
        DestinationConfig.OnFailure.Destination,
      ]),
    ),
  };
}

function readProperties(id: string, { Type, Properties }: Resource, resolve: Resolve): Resource {
  const known = PROPERTIES[String(Type)];
  if (known === undefined)
    throw new InvalidConfig(`resource ${id}: the local AWS has no ${Type}; see src/local-stage`);
  const { read, without } = known;
  const unknown = Object.keys(Properties as Resource).find((name) => ![...read, ...without].includes(name));
  if (unknown !== undefined)
    throw new InvalidConfig(
      `resource ${id}: the local AWS does not know property ${unknown} of ${Type}; see src/local-stage`,
    );
  const given = Object.entries(Properties as Resource).filter(([name]) => read.includes(name));
  // The bucket does not exist locally; the key says which file it is.
  return Object.fromEntries(
    given.map(([name, value]) => [name, name === 'DefinitionS3Location' ? value : resolve(value)]),
  );
}

function readMachine(name: string, properties: Resource, files: ReadonlyMap<string, string>): MachineSource {
  const { Definition, DefinitionS3Location, DefinitionSubstitutions, Tags } = readAs(
    MachineSchema,
    `state machine ${name}`,
    properties,
  );
  const file = DefinitionS3Location && files.get(DefinitionS3Location.Key);
  return {
    name,
    definition: Definition ?? (JSON.parse(file ?? 'null') as JsonObject),
    substitutions: DefinitionSubstitutions,
    tags: Tags.map(({ Key, Value }) => ({ key: Key, value: Value })),
  };
}
