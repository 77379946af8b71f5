import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { InvalidConfig } from '../../errors/errors.ts';
import type { ProjectChanges } from '../../scaffold/project.ts';

/** Where a text waits before it has its name. */
const WAITING = `.new-${process.pid}`;

/**
 * Writes all changes, or none. A file that is there is never overwritten, even if it came in the meantime; a file that was changed in
 * the meantime is left as it is. Everything happens in one go, so that Ctrl-C comes before or after it.
 * @throws InvalidConfig naming the file
 */
export function writeChanges(root: string, { files, edits }: Pick<ProjectChanges, 'files' | 'edits'>): void {
  const waiting: string[] = [];
  const undo: (() => void)[] = [];
  const wait = (path: string, text: string, mode = 0o644) => {
    const name = join(root, `${path}${WAITING}`);
    waiting.push(name);
    mkdirSync(dirname(name), { recursive: true });
    writeFileSync(name, text, { flag: 'wx', mode });
    return name;
  };
  try {
    const texts = files.map(({ path, text }) => ({ path, name: wait(path, text) }));
    const changed = edits.map((edit) => ({
      ...edit,
      name: wait(edit.path, edit.after, statSync(join(root, edit.path)).mode),
    }));
    for (const { path, name } of texts) {
      giveName(join(root, path), name, path);
      undo.push(() => rmSync(join(root, path), { force: true }));
    }
    for (const { path, name, before } of changed) {
      if (readFileSync(join(root, path), 'utf8') !== before)
        throw new InvalidConfig(
          `${path}: was changed in the meantime, so nothing was written. Run the command again`,
        );
      renameSync(name, join(root, path));
      undo.push(() => writeFileSync(join(root, path), before));
    }
  } catch (error) {
    for (const step of undo.reverse()) step();
    throw error;
  } finally {
    for (const name of waiting) rmSync(name, { force: true });
  }
}

/** A link fails where the name is taken, as a rename does not. */
function giveName(path: string, waiting: string, shown: string): void {
  try {
    linkSync(waiting, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new InvalidConfig(`${shown}: is there already, and is not overwritten. Nothing was written`);
  }
  unlinkSync(waiting);
}
