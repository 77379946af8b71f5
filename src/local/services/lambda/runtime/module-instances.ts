import { registerHooks } from 'node:module';

const PARAMETER = 'function';

/** The URL under which one function imports its handler file. */
export function instanceUrl(moduleUrl: string, functionName: string): string {
  const url = new URL(moduleUrl);
  url.searchParams.set(PARAMETER, functionName);
  return url.href;
}

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
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const resolved = nextResolve(specifier, context);
      const owner = ownerOf(context.parentURL);
      if (owner === null || !isProjectFile(resolved.url)) return resolved;
      return { ...resolved, url: instanceUrl(resolved.url, owner) };
    },
  });
}

function ownerOf(parentUrl: string | undefined): string | null {
  return parentUrl?.startsWith('file:') ? new URL(parentUrl).searchParams.get(PARAMETER) : null;
}

function isProjectFile(url: string): boolean {
  return url.startsWith('file:') && !url.includes('/node_modules/');
}
