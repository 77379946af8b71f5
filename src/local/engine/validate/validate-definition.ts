import type { Json, JsonObject } from '../../contracts.ts';
import { assignedNames, type Inside } from './effects.ts';
import { BRANCH_FIELDS, checkFields, MACHINE_FIELDS } from './fields.ts';
import { createReport, type Problem, type ProblemReport } from './problem.ts';
import { checkTransitions } from './transitions.ts';
import { checkState } from './validate-state.ts';
import { checkNumber, checkText, isObject } from './values.ts';

/**
 * All that is wrong with a definition: what Step Functions refuses (as CreateStateMachine words it), and what this
 * engine does not run. A definition without problems can be compiled and run.
 */
export function validateDefinition(definition: Json): readonly Problem[] {
  const report = createReport();
  if (!isObject(definition)) {
    report.schema('Definition must be a valid JSON object', '/');
    return report.problems;
  }
  checkFields(definition, MACHINE_FIELDS, '/', report);
  checkQueryLanguage(definition.QueryLanguage, report);
  checkNumber(
    definition.TimeoutSeconds,
    { min: 1, max: 99_999_999, integer: true },
    '/TimeoutSeconds',
    report,
  );
  checkText(definition.Version, '/Version', report);
  checkGraph(definition, { location: '', names: new Set(), outer: new Set() }, report);
  return report.problems;
}

function checkQueryLanguage(language: Json | undefined, report: ProblemReport): void {
  if (language === 'JSONata') return;
  const shown = language ?? 'JSONPath';
  report.schema(`QueryLanguage '${shown}' is not supported: local machines are JSONata`, '/');
}

/** Checks a machine or a branch: its states, where they lead, and the branches inside. */
function checkGraph(graph: JsonObject, inside: Inside, report: ProblemReport): void {
  const { StartAt, States, Comment } = graph;
  checkText(Comment, `${inside.location}/Comment`, report);
  checkText(StartAt, `${inside.location}/StartAt`, report);
  if (States === undefined) return;
  if (!isObject(States) || Object.keys(States).length === 0) {
    report.schema('Expected a non-empty object of states', `${inside.location}/States`);
    return;
  }
  const own = assignedNames(States);
  for (const [name, state] of Object.entries(States)) {
    const location = `${inside.location}/States/${name}`;
    if (inside.names.has(name)) report.add('DUPLICATE_STATE_NAME', `Duplicate state name: ${name}`, location);
    inside.names.add(name);
    checkState(name, state, { ...inside, location }, report);
    if (isObject(state))
      checkBranches(state, { ...inside, location, outer: new Set([...inside.outer, ...own]) }, report);
  }
  if (typeof StartAt === 'string') checkTransitions(StartAt, States, inside.location, report);
}

function checkBranches({ Type, Branches }: JsonObject, inside: Inside, report: ProblemReport): void {
  if (Type !== 'Parallel' || Branches === undefined) return;
  if (!Array.isArray(Branches) || Branches.length === 0) {
    report.schema('Expected a non-empty array of branches', `${inside.location}/Branches`);
    return;
  }
  Branches.forEach((branch: Json, index) => {
    const location = `${inside.location}/Branches[${index}]`;
    if (!isObject(branch)) {
      report.schema('Expected value of type Object', location);
      return;
    }
    checkFields(branch, BRANCH_FIELDS, location, report);
    checkGraph(branch, { ...inside, location }, report);
  });
}
