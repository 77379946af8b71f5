import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import type { ProjectChanges } from '../../scaffold/project.ts';

/** The changes as `npm run lint` wants them. A file that was not as it wants it before is only changed at its place. */
export async function formatChanges(root: string, changes: ProjectChanges): Promise<ProjectChanges> {
  return {
    ...changes,
    files: await Promise.all(
      changes.files.map(async ({ path, text }) => ({ path, text: await format(root, path, text) })),
    ),
    edits: await Promise.all(
      changes.edits.map(async (edit) => {
        const isFormatted = (await format(root, edit.path, edit.before)) === edit.before;
        return isFormatted ? { ...edit, after: await format(root, edit.path, edit.after) } : edit;
      }),
    ),
  };
}

async function format(root: string, path: string, text: string): Promise<string> {
  if (!/\.(?:ts|json)$/.test(path)) return text;
  const biome = join(root, 'node_modules/.bin/biome');
  const child = spawn(biome, ['check', '--write', `--stdin-file-path=${path}`], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.end(text);
  const [formatted, [code]] = await Promise.all([readAll(child.stdout), once(child, 'close')]);
  return code === 0 && formatted !== '' ? formatted : text;
}
