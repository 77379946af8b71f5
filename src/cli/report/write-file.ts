import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InvalidConfig } from '../../errors/errors.ts';

/**
 * Writes a file and the folders above it. A reader sees the file as it was or as it is, never half of it.
 * @throws InvalidConfig when it cannot be written: no permission, no space, a folder of that name
 */
export async function writeFileAt(path: string, text: string): Promise<void> {
  const unfinished = `${path}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(unfinished, text);
    await rename(unfinished, path);
  } catch (error) {
    throw new InvalidConfig(
      `${path} cannot be written: ${(error as Error).message}. Choose another path with --out`,
      {
        cause: error,
      },
    );
  }
}
