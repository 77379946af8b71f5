import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { ownTableMigrations } from '../../../src/migrations/own-tables.ts';
import { pipelines } from '../../../src/pipelines/index.ts';
import { type MigrationWorld, startMigrationWorld } from './migration-world.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Runs `npm run migrate` as npm does, against the endpoint of a local stack. */
function runMigrate({ folder, stack }: MigrationWorld, flags: readonly string[]) {
  const args = ['src/cli/migrate.ts', '--endpoint-url', stack.url, '--folder', folder, ...flags];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  const listeners: (() => void)[] = [];
  child.stdout.on('data', (data) => {
    output += data;
    for (const listen of listeners) listen();
  });
  child.stderr.on('data', (data) => {
    errors += data;
  });
  const ended = once(child, 'close').then(([code]) => ({ code, output, errors }));
  const prints = (text: string) =>
    new Promise<void>((resolve, reject) => {
      listeners.push(() => output.includes(text) && resolve());
      void ended.then(() => reject(new Error(`it has ended without "${text}": ${output}${errors}`)));
    });
  return { child, ended, prints };
}

export const ORDERS = 'V001__create_orders.sql';
export const INSERT = 'V002__insert_order.sql';
/** What every warehouse gets beside the files. */
export const OWN = [
  ...ownTableMigrations(pipelines, 'runtime').map(({ script }) => script),
  'columns of staged tables',
];

/** The command over a world of the test file's own, which is empty before each test; no process outlives its test. */
export function useMigrate() {
  let world: MigrationWorld;
  const started: ChildProcess[] = [];
  beforeAll(async () => {
    world = await startMigrationWorld(pipelines);
  });
  beforeEach(() => world.write({ [ORDERS]: 'CREATE SCHEMA mart;\nCREATE TABLE mart.orders (id integer);' }));
  afterEach(async () => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
    await world.empty();
  });
  afterAll(() => world.close());
  return {
    get world() {
      return world;
    },
    /** Runs `npm run migrate` against the local endpoint. */
    run(...flags: string[]) {
      const migrate = runMigrate(world, flags);
      started.push(migrate.child);
      return migrate;
    },
  };
}
