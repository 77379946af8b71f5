import { currentScope } from './current-invocation.ts';

/**
 * Replaces `process.env` by a view of the running function's own variables, so that several functions can live in one
 * thread. Outside of any function it shows the worker's variables.
 */
export function scopeEnvironment(): void {
  const worker: Record<string, string> = {};
  for (const [key, value] of Object.entries(process.env)) worker[key] = value ?? '';
  const variables = () => currentScope()?.environment ?? worker;

  process.env = new Proxy<Record<string, string | undefined>>(
    {},
    {
      get: (_, key) => Reflect.get(variables(), key),
      has: (_, key) => Reflect.has(variables(), key),
      set: (_, key, value) => Reflect.set(variables(), key, String(value)),
      deleteProperty: (_, key) => Reflect.deleteProperty(variables(), key),
      ownKeys: () => Reflect.ownKeys(variables()),
      getOwnPropertyDescriptor: (_, key) => Reflect.getOwnPropertyDescriptor(variables(), key),
    },
  );
}
