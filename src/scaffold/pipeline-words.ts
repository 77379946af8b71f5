import type { FoundStage } from './found/found-stage.ts';
import type { NewFile } from './project.ts';
import { fittingSettings } from './sample-files.ts';
import type { ScaffoldStep } from './tables/scaffold-step.ts';
import { isToBeWritten, type ScaffoldTable } from './tables/scaffold-table.ts';

/** Where the guesses about a pipeline come from. */
export interface GuessedFrom {
  readonly isTableNamed: boolean;
  /** Tables whose names in the source follow from those of the warehouse. */
  readonly inferred: readonly string[];
  readonly patterns: readonly string[];
}

/** What was guessed about a pipeline. */
export function guesses(
  { isTableNamed, inferred, patterns }: GuessedFrom,
  tables: readonly ScaffoldTable[],
): readonly string[] {
  const columns = tables
    .filter(({ there }) => there.staged === undefined)
    .map(({ production, columns: all }) => `${production} (${all.map(({ name }) => name).join(', ')})`);
  const called = tables.flatMap(({ there }) => there.calls.map(({ procedure }) => procedure));
  const unnamed = called
    .filter(({ argumentTypes, argumentNames }) => argumentTypes.length > (argumentNames?.length ?? 0))
    .map(({ name }) => name);
  const left = tables.flatMap(({ there }) => there.left);
  return [
    ...(!isTableNamed ? ['the table: there were no --tables and no --mappings'] : []),
    ...(inferred.length === 0
      ? []
      : [`that ${inferred.join(', ')} are called so in the source: the task has not loaded them yet`]),
    ...patterns.map(
      (pattern) => `that ${pattern} selects no other table: add those that it selects with --tables`,
    ),
    ...(columns.length === 0 ? [] : [`columns and their types: ${columns.join(', ')}`]),
    'source rows: all are made up',
    ...(tables.some(isToBeWritten) ? ['procedures: each takes every staged row as it is'] : []),
    ...unnamed.map(
      (name) => `names of the arguments of ${name}, on this machine: the stage does not tell them`,
    ),
    ...left.map(
      (procedure) => `nothing about ${procedure}: no step can pass its arguments, so none calls it`,
    ),
  ];
}

/** What a stage has shown of a pipeline. */
export function discoveries(
  { stage, task, settings, faults }: FoundStage,
  tables: readonly ScaffoldTable[],
  steps: readonly ScaffoldStep[],
): readonly string[] {
  const staged = tables.flatMap(({ there, staged: name }) => (there.staged === undefined ? [] : [name]));
  const production = tables.flatMap((table) =>
    table.there.production === undefined || !isToBeWritten(table) ? [] : [table.production],
  );
  const called = tables.flatMap(({ there }) => there.calls.map(({ procedure }) => procedure.name));
  const { changed } = fittingSettings(settings ?? {});
  return [
    `the task ${task.identifier} of stage ${stage}, ${task.arn}: its table mappings${settings === undefined ? '' : ' and settings'}`,
    ...(staged.length === 0 ? [] : [`staged tables with their columns: ${staged.join(', ')}`]),
    ...(production.length === 0 ? [] : [`tables for readers: ${production.join(', ')}`]),
    ...[...new Set(called)].map(
      (name) => `the procedure ${name}, which ${stepCalling(name, steps)} calls. It is not written anew`,
    ),
    ...faults,
    ...(settings === undefined || changed.length === 0
      ? []
      : [
          `${changed.join(', ')} of the task’s settings: changed in the local file, so that the load keeps tables and rows`,
        ]),
  ];
}

function stepCalling(procedure: string, steps: readonly ScaffoldStep[]): string {
  const step = steps.find(({ definition: { call } }) =>
    JSON.stringify(call).includes(JSON.stringify(procedure)),
  );
  return `step ${step?.name ?? ''}`;
}

/** A new pipeline, and the stage that it was taken from. */
export interface NewPipelineOf {
  readonly name: string;
  readonly task: string;
  readonly found: FoundStage | undefined;
}

/** What is to be done with a new pipeline. */
export function nextSteps(
  { name, task, found }: NewPipelineOf,
  files: readonly NewFile[],
): readonly string[] {
  const source = `sql/sample/source.${name}.sql`;
  const made = files.map(({ path }) => path).filter((path) => /\/[VR]\d*__(?:create|procedure)/.test(path));
  const columns =
    made.length === 0
      ? `write rows like yours into ${source}`
      : `write your columns into ${made[0]}, ${source} and the procedures`;
  return [
    `npm start -- --pipeline ${name}   runs it on this machine`,
    `${columns}; look for "guessed"`,
    found === undefined
      ? `put the ARN of ${task} into serverless.yml before you deploy (docs/dms-task.md says how the task must be set)`
      : `npm run check -- --stage ${found.stage} --pipeline ${name}   says what stage ${found.stage} lacks`,
  ];
}
