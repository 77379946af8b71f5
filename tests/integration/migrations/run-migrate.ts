import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { MigrationWorld } from './migration-world.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Runs `npm run migrate` as npm does, against the endpoint of a local stack. */
export function runMigrate({ folder, stack }: MigrationWorld, flags: readonly string[]) {
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
