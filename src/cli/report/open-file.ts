import { spawn } from 'node:child_process';

/** A command that goes on for so long has opened it. */
const LONGEST_MS = 3_000;

/** Opens a file with what the desktop opens such files with. @returns why it could not be opened; undefined where it was */
export function openFile(path: string, platform = process.platform): Promise<string | undefined> {
  const command = platform === 'darwin' ? 'open' : platform === 'win32' ? 'explorer' : 'xdg-open';
  return new Promise((resolve) => {
    const child = spawn(command, [path], { stdio: 'ignore', detached: true });
    child.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'ENOENT' ? `there is no ${command} here` : error.message),
    );
    child.once('exit', (code) => resolve(code === 0 ? undefined : `${command} ended with ${code}`));
    child.unref();
    // Some stay until the window is closed.
    setTimeout(() => resolve(undefined), LONGEST_MS).unref();
  });
}
