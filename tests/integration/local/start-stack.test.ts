import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Warehouse } from '../../../src/local/contracts.ts';
import { WarehouseServerError } from '../../../src/local/warehouse/server/database-server.ts';
import { type StackOptions, startStack } from '../../../src/local-stage/stack.ts';
import { createFakeWarehouse } from '../../fixtures/fake-warehouse.ts';

const module = new URL('./lambda/handlers/says-loaded.ts', import.meta.url);

function start(warehouse: Promise<Warehouse>, options: Partial<StackOptions> = {}) {
  return startStack({
    ...{ port: 0, pipelines: [], tasks: [], functions: [{ name: 'says-loaded', module }], warehouse },
    ...{ onNotification: () => {}, onLog: () => {}, report: () => {} },
    ...options,
  });
}

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const stack = await start(Promise.resolve(createFakeWarehouse()));
  await stack.close();
  return Number(new URL(stack.url).port);
}

const refusal = (port: number) =>
  new Promise((resolve) => {
    connect(port, '127.0.0.1')
      .once('error', (error: NodeJS.ErrnoException) => resolve(error.code))
      .once('connect', () => resolve('connected'));
  });

describe('startStack', () => {
  it('loads the handlers while the warehouse is still starting', async () => {
    const warehouse = Promise.withResolvers<Warehouse>();
    const loaded = Promise.withResolvers<string>();

    const starting = start(warehouse.promise, { onLog: (_name, line) => loaded.resolve(line) });

    expect(await loaded.promise).toContain('the handler is loaded');
    warehouse.resolve(createFakeWarehouse());
    await (await starting).close();
  });

  it('fails as its warehouse does, and nothing is left of it', async () => {
    const port = await freePort();
    const failed = Promise.reject(new WarehouseServerError('disk-full', 'the disk is full'));

    await expect(start(failed, { port })).rejects.toThrow('the disk is full');
    expect(await refusal(port)).toBe('ECONNREFUSED');
  });
});
