import { afterAll } from 'vitest';
import { systemClock } from '../../../../src/clock.ts';
import {
  createLambdaService,
  type LambdaServiceOptions,
} from '../../../../src/local/services/lambda/create-lambda.ts';
import type { FunctionSpec } from '../../../../src/local/services/lambda/functions.ts';

const HANDLERS = {
  outcomes: new URL('./handlers/outcomes.ts', import.meta.url),
  rendezvous: new URL('./handlers/rendezvous.ts', import.meta.url),
  released: new URL('./handlers/released.ts', import.meta.url),
  'fails-to-load': new URL('./handlers/fails-to-load.ts', import.meta.url),
  'no-handler': new URL('./handlers/no-handler.ts', import.meta.url),
  'never-loads': new URL('./handlers/never-loads.ts', import.meta.url),
  'missing-import': new URL('./handlers/missing-import.ts', import.meta.url),
};

/** A function whose handler lies beside the tests. */
export function testFunction(
  name: string,
  file: keyof typeof HANDLERS = 'outcomes',
  more: Partial<FunctionSpec> = {},
): FunctionSpec {
  return { name, module: HANDLERS[file], timeoutSeconds: 20, ...more };
}

/** A Lambda with these functions that is closed after the file's tests. */
export function createTestLambda(
  functions: readonly FunctionSpec[],
  options: Partial<LambdaServiceOptions> = {},
) {
  const lines: string[] = [];
  const messages: { readonly queueArn: string; readonly body: string }[] = [];
  const lambda = createLambdaService({
    functions,
    clock: systemClock,
    settings: () => ({ endpointUrl: 'http://127.0.0.1:4510' }),
    sendToQueue: async (queueArn, body) => void messages.push({ queueArn, body }),
    onLog: (functionName, line) => void lines.push(`${functionName} ${line}`),
    ...options,
  });
  afterAll(() => lambda.close());
  const invoke = async (functionName: string, event: object = {}) => {
    const { payload, ...rest } = await lambda.invoker.invoke(functionName, JSON.stringify(event));
    return { payload: JSON.parse(payload), ...rest };
  };
  return { lambda, invoke, lines, messages };
}
