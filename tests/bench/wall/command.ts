import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Starts a command of the project as its npm script does. @param folder for temporary files */
export function startCommand(
  file: string,
  args: readonly string[],
  signal: AbortSignal,
  { flags = [], folder }: { readonly flags?: readonly string[]; readonly folder?: string } = {},
): ChildProcess {
  return spawn(process.execPath, [...flags, `src/cli/${file}`, ...args], {
    ...{ cwd: ROOT, signal, killSignal: 'SIGINT' },
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: `${ROOT}node_modules/.cache/node-compile`,
      ...(folder === undefined ? {} : { TMPDIR: folder }),
    },
  });
}

/** The address that `npm run local` tells; it is ready then. */
export async function readAddress({ stdout }: ChildProcess): Promise<string> {
  for await (const chunk of stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(String(chunk)) ?? [];
    if (address !== undefined) return address;
  }
  throw new Error('npm run local has ended without telling its address');
}

/** Memory of a process in MB, as the machine holds it; 0 once it has ended. */
export async function residentMb({ pid }: ChildProcess): Promise<number> {
  const asked = promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  const { stdout } = await asked.catch(() => ({ stdout: '0' }));
  return Number.parseInt(stdout, 10) / 1024;
}
