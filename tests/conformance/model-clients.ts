import type { ModelOperation } from '../../src/simulation/aws/operations.ts';
import type { Faults } from '../../src/simulation/faults.ts';
import { createSdkClients } from '../../src/simulation/product/sdk-clients.ts';

export const NO_FAULTS: Faults = { strike: () => undefined, end: () => {}, injected: [] };

/** The SDK's clients before a model. */
export function clientsFor(operations: Readonly<Record<string, ModelOperation>>) {
  return createSdkClients(async (name, input) => {
    const operation = operations[name];
    if (operation === undefined) throw new TypeError(`the model has no ${name}`);
    return operation.run(input as never);
  });
}
