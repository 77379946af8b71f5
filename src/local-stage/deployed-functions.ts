import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import * as z from 'zod';
import type { FunctionSpec } from '../local/services/lambda/functions.ts';

const ServiceSchema = z.object({
  provider: z.object({ memorySize: z.int() }),
  functions: z.record(
    z.string(),
    z.object({ handler: z.string().endsWith('.handler'), timeout: z.int(), memorySize: z.int().optional() }),
  ),
});

/**
 * The functions that serverless.yml deploys: same handler files, timeouts and memory.
 * @param root folder that holds serverless.yml
 */
export async function readDeployedFunctions(root: URL): Promise<readonly FunctionSpec[]> {
  const text = await readFile(new URL('serverless.yml', root), 'utf8');
  const { provider, functions } = ServiceSchema.parse(parse(text, { logLevel: 'error' }));
  return Object.entries(functions).map(([name, { handler, timeout, memorySize }]) => ({
    name,
    module: new URL(handler.replace(/\.handler$/, '.ts'), root),
    timeoutSeconds: timeout,
    memoryMb: memorySize ?? provider.memorySize,
  }));
}
