import { InvalidConfig } from '../../errors/errors.ts';
import type { ProjectChanges } from '../../scaffold/project.ts';
import { projectIn } from './read-project.ts';
import { writeChanges } from './write-changes.ts';

/**
 * Writes what is not there yet, and says what was done. Where everything is there as it would be written, nothing happens.
 * @throws InvalidConfig naming each file that is there and that it would have to overwrite
 */
export function writeUnlessThere(root: string, changes: ProjectChanges): readonly string[] {
  const project = projectIn(root);
  const existing = changes.files.filter(({ path }) => project.read(path) !== undefined);
  const isThere =
    existing.length === changes.files.length &&
    existing.every(({ path, text }) => project.read(path) === text);
  if (isThere && changes.edits.length === 0) return ['Everything is there already. Nothing was changed.'];
  if (existing.length > 0)
    throw new InvalidConfig(
      `nothing was written, because nothing is overwritten. There already: ${existing.map(({ path }) => path).join(', ')}`,
    );
  uninterrupted(() => writeChanges(root, changes));
  return [
    ...changes.files.map(({ path }) => `✓ ${path}`),
    ...changes.edits.map(({ path }) => `✓ ${path}: added to`),
    ...(changes.found.length > 0 ? ['', 'Found:', ...changes.found.map((line) => `  - ${line}`)] : []),
    ...(changes.guessed.length > 0 ? ['', 'Guessed:', ...changes.guessed.map((line) => `  - ${line}`)] : []),
    ...(changes.next.length > 0 ? ['', 'Next:', ...changes.next.map((line) => `  - ${line}`)] : []),
  ];
}

/** Ctrl-C ends a process at once, unless somebody listens; what listens is only called when the work is done. */
function uninterrupted(work: () => void): void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const listen = () => {};
  for (const signal of signals) process.on(signal, listen);
  try {
    work();
  } finally {
    for (const signal of signals) process.off(signal, listen);
  }
}
