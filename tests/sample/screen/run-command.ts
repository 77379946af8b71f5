import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Runs commands as their npm scripts do, in a temporary folder of their own; none of them outlives its test. */
export function useCommands() {
  const started: ChildProcess[] = [];
  let temporary: string;
  beforeAll(async () => {
    temporary = await mkdtemp(join(tmpdir(), 'elt-start-'));
    // Run by root, the server is somebody else.
    await chmod(temporary, 0o777);
  });
  afterAll(() => rm(temporary, { recursive: true }));
  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
  });

  const run = (file: string, ...flags: string[]) => {
    const child = spawn(process.execPath, [`src/cli/${file}.ts`, ...flags], {
      cwd: ROOT,
      env: { ...process.env, TMPDIR: temporary },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started.push(child);
    const lines: string[] = [];
    const waiting = new Map<string, () => void>();
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      for (const [text, found] of waiting) if (line.includes(text)) found();
    });
    let errors = '';
    child.stderr.on('data', (data) => {
      errors += data;
    });
    const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, lines, errors }));
    const prints = (text: string) => new Promise<void>((resolve) => waiting.set(text, resolve));
    return { child, ended, prints };
  };
  /** What is left of them in the folder for what is temporary. */
  const leftBehind = () => readdir(temporary);
  return { run, leftBehind };
}
