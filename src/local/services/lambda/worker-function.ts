import { pathToFileURL } from 'node:url';
import { type EnvironmentSettings, functionEnvironment } from './function-environment.ts';
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
