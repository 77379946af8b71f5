import { type FunctionSpec, functionArn, LATEST } from './functions.ts';

/** A function as ListFunctions describes it. */
export function functionConfiguration(spec: FunctionSpec): object {
  return {
    FunctionName: spec.name,
    FunctionArn: functionArn(spec.name),
    Runtime: 'nodejs24.x',
    Handler: `${spec.name}.${spec.handlerName ?? 'handler'}`,
    Description: '',
    Timeout: spec.timeoutSeconds ?? 3,
    MemorySize: spec.memoryMb ?? 128,
    Version: LATEST,
    Environment: { Variables: { ...spec.environment } },
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
  };
}
