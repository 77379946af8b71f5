import * as z from 'zod';
import { functionLogicalId, type Resources } from '../../compile/template/cloudformation.ts';
import { InvalidConfig } from '../../errors/errors.ts';
import { describeIssues } from '../../zod-issues.ts';

/** What serverless.yml must be resolved with: the stage, and what is compiled from it. */
export interface FrameworkStage {
  readonly stage: string;
  readonly region: string;
  readonly logRetentionDays: number;
  readonly environment: Readonly<Record<string, string>>;
}

const texts = z.record(z.string(), z.string());

const FunctionSchema = z.looseObject({
  handler: z.string(),
  description: z.string().optional(),
  timeout: z.int(),
  memorySize: z.int().optional(),
  role: z.unknown().optional(),
  environment: z.union([texts, z.literal(`\${self:custom.stage.environment}`)]).optional(),
});

const ServiceSchema = z.looseObject({
  service: z.string(),
  provider: z.looseObject({
    runtime: z.string(),
    architecture: z.string().default('x86_64'),
    memorySize: z.int().default(1_024),
    tracing: z.looseObject({ lambda: z.boolean().default(false) }).optional(),
    environment: texts.default({}),
  }),
  functions: z.record(z.string(), FunctionSchema),
  resources: z.unknown().optional(),
});

/** What is read of serverless.yml. All else that would be in the template is named by {@link unresolved}. */
const KNOWN = {
  service: [
    ...[
      'service',
      'frameworkVersion',
      'params',
      'provider',
      'plugins',
      'custom',
      'package',
      'functions',
      'resources',
    ],
  ],
  provider: [
    ...[
      'name',
      'stage',
      'region',
      'runtime',
      'architecture',
      'memorySize',
      'logRetentionInDays',
      'versionFunctions',
    ],
    ...['tracing', 'stackTags', 'environment'],
  ],
  function: ['handler', 'description', 'timeout', 'memorySize', 'role', 'environment'],
} as const;

/** The template’s part that the Serverless Framework makes, and what of serverless.yml it does not follow. */
export interface FrameworkResources {
  readonly resources: Resources;
  /** Entries of serverless.yml that only packaging can resolve. */
  readonly unresolved: readonly string[];
}

/**
 * The functions and their log groups, as the framework makes them of serverless.yml. It takes the framework itself about ten
 * seconds; a test holds both together. The deployment bucket is left out.
 * @throws InvalidConfig for a serverless.yml of another form
 */
export function frameworkResources(serviceFile: unknown, stage: FrameworkStage): FrameworkResources {
  const parsed = ServiceSchema.safeParse(serviceFile);
  if (!parsed.success)
    throw new InvalidConfig(`serverless.yml cannot be read: ${describeIssues(parsed.error).join('; ')}`);
  const { service, provider, functions, resources } = parsed.data;
  const resolve = (text: string) =>
    text
      .replaceAll(`\${self:service}`, service)
      .replaceAll(`\${sls:stage}`, stage.stage)
      .replaceAll(OF_ENVIRONMENT, (_, variable: string) => stage.environment[variable] ?? '');
  const made = Object.entries(functions).flatMap(([name, one]) => {
    const FunctionName = `${service}-${stage.stage}-${name}`;
    const own = typeof one.environment === 'string' ? stage.environment : (one.environment ?? {});
    const variables = Object.entries({ ...provider.environment, ...own });
    const logGroup = functionLogicalId(name).replace(/LambdaFunction$/, 'LogGroup');
    const properties = {
      ...{ Handler: one.handler, Runtime: provider.runtime, FunctionName },
      ...{ MemorySize: one.memorySize ?? provider.memorySize, Timeout: one.timeout },
      Architectures: [provider.architecture],
      ...(one.description === undefined ? {} : { Description: one.description }),
      ...(provider.tracing?.lambda === true ? { TracingConfig: { Mode: 'Active' } } : {}),
      Environment: { Variables: Object.fromEntries(variables.map(([key, text]) => [key, resolve(text)])) },
      Role: one.role,
    };
    return [
      [
        logGroup,
        {
          Type: 'AWS::Logs::LogGroup',
          Properties: {
            LogGroupName: `/aws/lambda/${FunctionName}`,
            RetentionInDays: stage.logRetentionDays,
          },
        },
      ],
      [
        functionLogicalId(name),
        { Type: 'AWS::Lambda::Function', Properties: properties, DependsOn: [logGroup] },
      ],
    ];
  });
  return {
    resources: Object.fromEntries(made),
    unresolved: [
      ...others('', parsed.data, KNOWN.service),
      ...others('provider.', provider, KNOWN.provider),
      ...Object.entries(functions).flatMap(([name, one]) =>
        others(`functions.${name}.`, one, KNOWN.function),
      ),
      ...ownResources(resources),
      ...variablesIn(functions, ''),
      ...variablesIn(provider.environment, 'provider.environment'),
    ],
  };
}

function others(prefix: string, given: object, known: readonly string[]): readonly string[] {
  return Object.keys(given)
    .filter((key) => !known.includes(key))
    .map((key) => `${prefix}${key}`);
}

/** Resources that a user has written beside those that are compiled. */
function ownResources(resources: unknown): readonly string[] {
  const list = Array.isArray(resources) ? resources : resources === undefined ? [] : [resources];
  return list.every(
    (entry) => typeof entry === 'string' && /^\$\{self:custom\.stage\.\w+(\.\w+)?\}$/.test(entry),
  )
    ? []
    : ['resources'];
}

const OF_ENVIRONMENT = /\$\{self:custom\.stage\.environment\.(\w+)\}/g;
const RESOLVED = /\$\{(?:self:service|sls:stage|self:custom\.stage\.environment(?:\.\w+)?|\w+\.Arn)\}/g;

/** Values with a variable that is not resolved here. */
function variablesIn(value: unknown, at: string): readonly string[] {
  if (typeof value === 'string') return value.replaceAll(RESOLVED, '').includes('${') ? [at] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    variablesIn(part, at === '' ? `functions.${key}` : `${at}.${key}`),
  );
}
