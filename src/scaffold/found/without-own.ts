import { toSqlName } from '../../names/sql-name.ts';
import type { ProjectFiles } from '../project.ts';
import { signatureOf } from '../sql/grants.ts';
import { MIGRATIONS, madeByMigrations, ownMigrations } from '../sql/migration-files.ts';
import { pipelinePath } from '../typescript/pipeline-module.ts';
import type { FoundProcedure, FoundStage } from './found-stage.ts';

/**
 * What a stage has without the pipeline's own files. Once they are applied, the command must not take for found what it has written
 * itself: asked again, it would write something else.
 */
export function withoutOwn(found: FoundStage, pipeline: string, project: ProjectFiles): FoundStage {
  if (project.read(pipelinePath(pipeline)) === undefined) return found;
  const { warehouse } = found;
  const { versioned, grants } = ownMigrations(pipeline, project);
  const made = madeByMigrations(project, (file) => versioned.includes(file));
  const granted = readGrants(project.read(`${MIGRATIONS}/${grants}`) ?? '');
  const written = madeByMigrations(project, (file) => file.startsWith('R__procedure_load_'));
  const isWritten = (one: FoundProcedure) =>
    written.procedure(one.name) && granted.procedures.has(signatureOf(one));
  return {
    ...found,
    warehouse: {
      targets: warehouse.targets.filter((name) => !made.table(name)),
      tables: warehouse.tables.filter(({ name }) => !made.table(name)),
      procedures: warehouse.procedures
        .filter((one) => !isWritten(one))
        .map((procedure) =>
          granted.procedures.has(signatureOf(procedure)) ? { ...procedure, isCallable: false } : procedure,
        ),
      catalog: {
        schemas: new Map(
          [...warehouse.catalog.schemas]
            .filter(([schema]) => !made.schema(schema))
            .map(([schema, users]) => [
              schema,
              new Set([...users].filter((user) => !granted.rights.has(`${user} USAGE ${toSqlName(schema)}`))),
            ]),
        ),
        tables: new Map(
          [...warehouse.catalog.tables].map(([table, facts]) => [
            table,
            {
              ...facts,
              rights: new Map(
                [...facts.rights].map(([user, rights]) => [
                  user,
                  new Set(
                    [...rights].filter(
                      (right) => !granted.rights.has(`${user} ${right} ${toSqlName(table)}`),
                    ),
                  ),
                ]),
              ),
            },
          ]),
        ),
      },
    },
  };
}

const GRANT = /GRANT ([A-Z, ]+?) ON\s+(SCHEMA |PROCEDURE)?\s*([^;]+?)\s+TO ([^;]+);/g;

/** The grants of a file that the command has written. */
function readGrants(text: string) {
  const statements = [...text.matchAll(GRANT)].map(([, words = '', kind = '', names = '', users = '']) => ({
    kind,
    rights: words.split(', '),
    names: names.split(kind === 'SCHEMA ' ? ', ' : ',\n').map((name) => name.trim()),
    users: [...users.matchAll(/\w+/g)].map(([user]) => user),
  }));
  const ofProcedures = statements.filter(({ kind }) => kind === 'PROCEDURE');
  const rights = statements.flatMap((statement) =>
    statement.users.flatMap((user) =>
      statement.rights.flatMap((right) => statement.names.map((name) => `${user} ${right} ${name}`)),
    ),
  );
  return { rights: new Set(rights), procedures: new Set(ofProcedures.flatMap(({ names }) => names)) };
}
