import { devNull } from 'node:os';
import { pathToFileURL } from 'node:url';
import { LOCAL_REGION } from '../../contracts.ts';
import { type FunctionSpec, functionArn } from './functions.ts';
import type { WorkerFunction } from './runtime/messages.ts';

/** A function as the worker thread needs it. */
export function workerFunction(spec: FunctionSpec, settings: EnvironmentSettings): WorkerFunction {
  return {
    name: spec.name,
    arn: functionArn(spec.name),
    moduleUrl: typeof spec.module === 'string' ? pathToFileURL(spec.module).href : spec.module.href,
    handlerName: spec.handlerName ?? 'handler',
    memoryMb: spec.memoryMb ?? 128,
    environment: functionEnvironment(spec, settings),
  };
}

/** What the stack gives to every local function. */
export interface EnvironmentSettings {
  /** Where the functions' SDK clients send their requests, e.g. `http://127.0.0.1:4510`. */
  readonly endpointUrl: string;
}

/**
 * The environment variables of a function: those that Lambda defines, dummy credentials, and nothing of the developer's
 * own machine, so that a run cannot reach a real account.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
function functionEnvironment(spec: FunctionSpec, settings: EnvironmentSettings): Record<string, string> {
  return {
    ...spec.environment,
    PATH: process.env.PATH ?? '',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    AWS_REGION: LOCAL_REGION,
    AWS_DEFAULT_REGION: LOCAL_REGION,
    AWS_ENDPOINT_URL: settings.endpointUrl,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: spec.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memoryMb ?? 128),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${spec.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local/[$LATEST]',
    _HANDLER: `${spec.name}.${spec.handlerName ?? 'handler'}`,
  };
}
