import { CheckNameSchema, QualifiedNameSchema } from '../names/names.ts';
import { toSqlName } from '../names/sql-name.ts';
import { stepNameOf } from './derived-names.ts';
import { addStep, findSteps } from './edit-pipeline.ts';
import type { ProjectChanges, ProjectFiles } from './project.ts';
import { checked } from './tables/checked-names.ts';
import { literalOf, valueOfKey } from './typescript/pipeline-call.ts';

export interface NewCheck {
  readonly pipeline: string;
  readonly name: string;
  readonly after?: readonly string[] | undefined;
}

/** A check: a query in sql/checks, which finds no row as it is written, and a step that runs it. @throws InvalidConfig in words */
export function newCheck({ pipeline, name, after }: NewCheck, project: ProjectFiles): ProjectChanges {
  const check = checked('check', CheckNameSchema, name);
  const definition = { check, ...(after === undefined ? {} : { after }) };
  const step = check.startsWith('check_') ? stepNameOf('Check', check.slice(6)) : stepNameOf('Check', check);
  const table = stagedTable(pipeline, `${step}: ${JSON.stringify(definition)}`, project);
  const path = `sql/checks/${check}.sql`;
  const changes = addStep(
    { pipeline, step, definition, files: [{ path, text: query(check, table) }] },
    project,
  );
  return {
    ...changes,
    guessed: [`${path}: reads ${table}, and finds no row until you write the condition`],
    next: [
      `write the condition into ${path}`,
      `let the steps that must wait for it say \`after: ['${step}']\` in ${changes.edits[0]?.path ?? 'the pipeline'}`,
    ],
  };
}

/** The first staged table. */
function stagedTable(pipeline: string, byHand: string, project: ProjectFiles): string {
  const { definition } = findSteps(pipeline, byHand, project);
  const tables = valueOfKey(definition, 'stagedTables');
  const first = tables?.type === 'ArrayExpression' ? literalOf(tables.elements[0]) : undefined;
  const name = typeof first === 'string' ? first : Object(first).table;
  return QualifiedNameSchema.safeParse(name).data ?? 'schema.table';
}

function query(check: string, table: string): string {
  return `/*
Rows of ${table} that are wrong: ${check.replaceAll('_', ' ')}.
guessed: table and condition. Write which rows are wrong, here too: this comment stands in the error.
Reads: ${table}
*/
SELECT wrong.*
FROM ${toSqlName(table)} AS wrong
WHERE 1 = 0
`;
}
