import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { chooseAccount } from '../../../src/local/warehouse/server/account.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Where the command makes its server's folder, and nobody else does. */
function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'elt-lost-'));
  folders.push(folder);
  const { uid, gid } = chooseAccount();
  if (uid !== undefined) chownSync(folder, uid, gid ?? uid);
  return folder;
}

function killServer(folder: string): void {
  const [run = ''] = readdirSync(folder).filter((name) =>
    existsSync(join(folder, name, 'data/postmaster.pid')),
  );
  const pid = readFileSync(join(folder, run, 'data/postmaster.pid'), 'utf8').split('\n')[0];
  process.kill(Number(pid), 'SIGKILL');
}

/** Runs a command, and kills its PostgreSQL when it says a line that begins so. */
async function runAndKill(script: string, flags: readonly string[], beginning: string) {
  const folder = makeFolder();
  const child = spawn(process.execPath, [script, ...flags], {
    cwd: ROOT,
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (data) => {
    errors += data;
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith(beginning)) killServer(folder);
  });
  const [code] = await once(child, 'close');
  return { code, errors, left: readdirSync(folder) };
}

describe('a command whose PostgreSQL dies', () => {
  it.each([
    ['npm run local', 'src/cli/local.ts', ['--port', '0'], 'ready '],
    ['npm start', 'src/cli/start.ts', ['--rows', '200000'], '✓ local AWS'],
  ])('says so and ends with 1: %s', async (_, script, flags, beginning) => {
    const { code, errors, left } = await runAndKill(script, flags, beginning);

    expect(errors).toContain('The PostgreSQL of the local warehouse has ended by itself');
    expect(code).toBe(1);
    expect(left).toEqual([]);
  });
});
