import type { NewFile } from './project.ts';
import type { ScaffoldTable } from './tables/scaffold-table.ts';

/** Where the guesses about a pipeline come from. */
export interface GuessedFrom {
  readonly isTableNamed: boolean;
  readonly patterns: readonly string[];
}

/** What was guessed about a pipeline. */
export function guesses(
  { isTableNamed, patterns }: GuessedFrom,
  tables: readonly ScaffoldTable[],
): readonly string[] {
  const columns = tables.map(
    ({ production, columns }) => `${production} (${columns.map(({ name }) => name).join(', ')})`,
  );
  return [
    ...(!isTableNamed ? ['the table: there were no --tables and no --mappings'] : []),
    ...patterns.map(
      (pattern) => `that ${pattern} selects no other table: add those that it selects with --tables`,
    ),
    `columns and their types: ${columns.join(', ')}`,
    'source rows: all are made up',
    'procedures: each takes every staged row as it is',
  ];
}

/** What is to be done with a new pipeline. */
export function nextSteps(name: string, task: string, files: readonly NewFile[]): readonly string[] {
  const source = `sql/sample/source.${name}.sql`;
  const made = files.map(({ path }) => path).filter((path) => /\/[VR]\d*__(?:create|procedure)/.test(path));
  return [
    `npm start -- --pipeline ${name}   runs it on this machine`,
    `write your columns into ${made[0] ?? 'sql/migrations'}, ${source} and the procedures; look for "guessed"`,
    `put the ARN of ${task} into serverless.yml before you deploy (docs/dms-task.md says how the task must be set)`,
  ];
}
