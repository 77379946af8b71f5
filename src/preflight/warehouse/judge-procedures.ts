import type { Pipeline } from '../../definition/pipeline.ts';
import { ELT_SCHEMA } from '../../names/elt-tables.ts';
import { toSqlName } from '../../names/sql-name.ts';
import type { CallStep } from '../../steps/call/definition.ts';
import type { FindingOf, Where } from '../finding.ts';
import { readEffects } from '../sql/touched-tables.ts';
import { fitsTypes, passedTypes } from './argument-types.ts';
import { grant, type Repairs, schemaOf } from './judge-tables.ts';
import { ownProcedures } from './needs.ts';
import type { ProcedureFacts } from './warehouse-facts.ts';

/** A call, and the procedures of its name that the warehouse has. */
export interface CalledProcedure {
  readonly where: Where;
  readonly name: string;
  readonly passed: readonly string[];
  readonly found: readonly ProcedureFacts[];
}

/** Procedures that are not there, take other arguments, may not be called, or do what their step does not say. */
export function judgeProcedures(
  pipelines: readonly Pipeline[],
  procedures: readonly ProcedureFacts[],
  repairs: Repairs,
): readonly FindingOf[] {
  const named = (name: string) => procedures.filter((procedure) => procedure.name === name);
  const steps = pipelines.flatMap(({ name, steps: all }) => all.map((step) => ({ pipeline: name, step })));
  const own = new Set(steps.flatMap(({ step }) => ownProcedures(step)));
  const found = [
    ...steps.flatMap(({ pipeline, step }) =>
      step.kind === 'call' ? judgeStep(pipeline, step, named, repairs) : [],
    ),
    ...[...own].flatMap((name) => judgeOwn(name, named(name), repairs)),
  ];
  // Several steps may call one procedure.
  return found.filter(({ what }, index) => found.findIndex((other) => other.what === what) === index);
}

function judgeStep(
  pipeline: string,
  step: CallStep,
  named: (name: string) => readonly ProcedureFacts[],
  repairs: Repairs,
): readonly FindingOf[] {
  return step.calls.flatMap(({ procedure, args }) => {
    const where = { pipeline, step: step.name, object: procedure };
    const called = { where, name: procedure, passed: passedTypes(args), found: named(procedure) };
    const fitting = called.found.filter(({ argumentTypes }) => fitsTypes(called.passed, argumentTypes));
    if (called.found.length === 0) return [missingProcedure(called, repairs)];
    if (fitting.length === 0) return [otherArguments(called)];
    return [
      ...judgeCallable(called, fitting, repairs),
      ...fitting.flatMap((facts) => judgeBody(where, step, facts)),
    ];
  });
}

/** Those of the orchestrator: another number of arguments is that of another version, which migrate replaces. */
function judgeOwn(name: string, found: readonly ProcedureFacts[], repairs: Repairs): readonly FindingOf[] {
  const called = { where: { object: name }, name, passed: [], found };
  if (found.length === 0) return [missingProcedure(called, repairs)];
  return judgeCallable(called, found, repairs);
}

/** The finding for a procedure that is not there. */
export function missingProcedure({ where, name }: CalledProcedure, { migrate }: Repairs): FindingOf {
  return {
    ...{ id: 'procedure-missing', severity: 'problem', where },
    what: `There is no procedure ${name}.`,
    consequence: 'The step fails: the procedure does not exist.',
    repair:
      schemaOf(name) === ELT_SCHEMA
        ? `${migrate} makes it: its file is in sql/migrations.`
        : `Write it into sql/migrations/R__procedure_${name.slice(name.indexOf('.') + 1)}.sql, with its GRANT EXECUTE in R__user_grants.sql, then: ${migrate}`,
  };
}

function otherArguments({ where, name, passed, found }: CalledProcedure): FindingOf {
  const declared = found.map(({ argumentTypes }) => `${name}(${argumentTypes.join(', ')})`);
  return {
    ...{ id: 'procedure-arguments', severity: 'problem', where },
    what: `The step calls ${name}(${passed.join(', ')}), and the warehouse has ${declared.join(' and ')}.`,
    consequence: 'The step fails: no procedure of this name takes these arguments.',
    repair:
      'Correct `args` of the step in src/pipelines (name a type with `as`), or the parameters of the procedure in sql/migrations.',
  };
}

/** Whether the runtime user may call a procedure. */
export function judgeCallable(
  called: CalledProcedure,
  fitting: readonly ProcedureFacts[],
  repairs: Repairs,
): readonly FindingOf[] {
  if (fitting.some(({ isCallable }) => isCallable === true)) return [];
  const finding = notCallable(called, fitting, repairs);
  if (fitting.every(({ isCallable }) => isCallable === false)) return [finding];
  return [
    {
      ...{ id: 'grant-unknown', severity: 'uncertain', where: finding.where, repair: finding.repair },
      what: `The warehouse does not tell whether user ${repairs.users.runtime} may call ${called.name}.`,
      consequence: 'If the right is missing, the step fails.',
    },
  ];
}

function notCallable(
  { where, name }: CalledProcedure,
  [facts]: readonly ProcedureFacts[],
  repairs: Repairs,
): FindingOf {
  const { runtime } = repairs.users;
  const signature = `${toSqlName(name)}(${facts?.argumentTypes.join(', ') ?? ''})`;
  return {
    ...{ id: 'grant-missing', severity: 'problem', where: { ...where, user: runtime } },
    what: `User ${runtime} lacks EXECUTE on the procedure ${signature}.`,
    consequence: 'The step fails: permission denied.',
    repair: grant(`GRANT EXECUTE ON PROCEDURE ${signature} TO`, runtime, repairs),
  };
}

function judgeBody(
  where: Where,
  { commits }: CallStep,
  { body, name }: ProcedureFacts,
): readonly FindingOf[] {
  const effects = readEffects(body);
  const doubts = effects.doubts.map(
    (doubt): FindingOf => ({
      ...{ id: 'body-not-read', severity: 'uncertain', where },
      what: `Of ${name}: ${doubt}.`,
      consequence: 'Rights that it needs there were not looked for.',
      repair: 'Look at this place of the procedure yourself.',
    }),
  );
  if (effects.commits.length === 0 || commits) return doubts;
  return [unmarkedCommit(where, name, effects.commits), ...doubts];
}

/** The finding for a procedure that ends the transaction of a step that does not say so. */
export function unmarkedCommit(where: Where, name: string, words: readonly string[]): FindingOf {
  return {
    ...{ id: 'commits-unmarked', severity: 'problem', where },
    what: `${name} holds ${words.join(' and ')}, and its step is not marked \`commits: true\`.`,
    consequence:
      'The step calls it in a transaction with its fence. The procedure ends that transaction, which Redshift refuses there: the step fails.',
    repair:
      'Write DELETE in place of TRUNCATE and leave COMMIT out, or mark the step `commits: true` (docs/pipelines.md says what that costs).',
  };
}

/** Functions in Python that texts call. */
export function judgePython(
  texts: readonly { readonly by: string; readonly text: string; readonly where: Where }[],
  pythonFunctions: readonly string[],
): readonly FindingOf[] {
  if (pythonFunctions.length === 0) return [];
  return texts.flatMap(({ by, text, where }) => {
    const { functions } = readEffects(text);
    return pythonFunctions
      .filter((name) => functions.has(name) || functions.has(name.slice(name.indexOf('.') + 1)))
      .map(
        (name): FindingOf => ({
          ...{ id: 'python-udf', severity: 'warning', where: { ...where, object: name } },
          what: `${by} calls ${name}, a function in Python.`,
          consequence: 'Redshift ends its support for them: the statement will fail.',
          repair: 'Write the function in SQL, or as a Lambda UDF.',
        }),
      );
  });
}
