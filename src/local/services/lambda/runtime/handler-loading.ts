import { type ResolveFnOutput, registerHooks } from 'node:module';
import { runtimeError } from './error-payload.ts';
import type { WorkerFunction } from './messages.ts';

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
    return await import(`${fn.moduleUrl}${MARK}${fn.name}`);
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

/** Stands in a module's URL before the name of the function whose instance it is. */
const MARK = '?function=';

/** Takes the instances' marks out of a stack trace: they mean nothing to its reader. */
export function hideInstances(trace: string): string {
  return trace.replaceAll(/\?function=[\w.-]+/g, '');
}

/**
 * Gives every function its own instance of the project's modules, as separate Lambda environments would: what a module
 * reads from the environment when it is imported must be that function's. Packages are shared; they are large, and they
 * read the environment when they are called.
 */
export function separateModuleInstances(): void {
  // What an import means is the same in each instance: it is found once.
  const found = new Map<string, ResolveFnOutput>();
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const [parent, owner] = (context.parentURL ?? '').split(MARK);
      if (owner === undefined) return nextResolve(specifier, context);
      const key = `${parent} ${specifier}`;
      const resolved = found.get(key) ?? nextResolve(specifier, context);
      found.set(key, resolved);
      const url = isProjectFile(resolved.url) ? `${resolved.url}${MARK}${owner}` : resolved.url;
      return { ...resolved, url, shortCircuit: true };
    },
  });
}

function isProjectFile(url: string): boolean {
  return url.startsWith('file:') && !url.includes('/node_modules/');
}
