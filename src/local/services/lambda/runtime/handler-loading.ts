import { runtimeError } from './error-payload.ts';
import type { WorkerFunction } from './messages.ts';
import { instanceUrl } from './module-instances.ts';

export type Handler = (event: unknown, context: object) => unknown;

/**
 * Imports a function's handler.
 * @throws Error what the module threw, or `Runtime.ImportModuleError`, `Runtime.UserCodeSyntaxError`,
 * `Runtime.HandlerNotFound`, `Runtime.CallbackHandlerDeprecated`
 */
export async function loadHandler(fn: WorkerFunction): Promise<Handler> {
  const handler = (await importModule(fn))[fn.handlerName];
  if (handler === undefined)
    throw runtimeError('HandlerNotFound', `${fn.handlerName} is undefined or not exported`);
  if (typeof handler !== 'function')
    throw runtimeError('HandlerNotFound', `${fn.handlerName} is not a function`);
  if (handler.length >= 3) {
    throw runtimeError(
      'CallbackHandlerDeprecated',
      'handlers with a callback parameter ended with the nodejs24.x runtime',
    );
  }
  return handler as Handler;
}

async function importModule(fn: WorkerFunction): Promise<Record<string, unknown>> {
  try {
    return await import(instanceUrl(fn.moduleUrl, fn.name));
  } catch (error) {
    throw importFailure(error);
  }
}

function importFailure(error: unknown): unknown {
  if (error instanceof SyntaxError) return runtimeError('UserCodeSyntaxError', String(error));
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') {
    return runtimeError('ImportModuleError', String(error));
  }
  return error;
}
