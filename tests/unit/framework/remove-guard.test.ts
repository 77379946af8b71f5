import { describe, expect, it } from 'vitest';
import type { LiveRun } from '../../../src/executions/live-runs.ts';
import { createRemoveGuard } from '../../../src/framework/remove-guard.ts';

const provider = { getStage: () => 'dev', getAwsSdkV3Config: async () => ({}) };

const remove = (runs: readonly LiveRun[]) =>
  createRemoveGuard(
    { service: { service: 'redshift-elt' }, getProvider: () => provider, classes: { Error } },
    async () => runs,
  ).hooks['before:remove:remove']();

describe('removing a stage', () => {
  it('is refused while a run is alive, which is named', async () => {
    await expect(remove([{ pipeline: 'load-orders', name: 'run-1' }])).rejects.toThrow(
      /^stage dev: cannot be removed while a run is alive: run-1 of load-orders\. .*stop it, then remove the stage$/,
    );
  });

  it('goes ahead where none is', async () => {
    await expect(remove([])).resolves.toBeUndefined();
  });
});
