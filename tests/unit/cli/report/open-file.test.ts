import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openFile } from '../../../../src/cli/report/open-file.ts';

let folder: string;

/** The only command that is found, which ends so. */
async function desktop(exitCode: number | undefined): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'elt-open-'));
  vi.stubEnv('PATH', folder);
  if (exitCode === undefined) return;
  await writeFile(
    join(folder, 'xdg-open'),
    `#!/bin/sh\n[ "$1" = "report of a run.html" ] && exit ${exitCode}\n`,
  );
  await chmod(join(folder, 'xdg-open'), 0o755);
}

describe('opening a file', () => {
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  it.each([
    [0, undefined],
    [3, 'xdg-open ended with 3'],
    [undefined, 'there is no xdg-open here'],
  ])('is the desktop’s, and says why it could not be done: %s', async (exitCode, reason) => {
    await desktop(exitCode);

    expect(await openFile('report of a run.html', 'linux')).toBe(reason);
  });
});
