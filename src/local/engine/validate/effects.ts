import type { JsonObject } from '../../contracts.ts';
import type { ProblemReport } from './problem.ts';
import { type Available, checkTemplate } from './validate-expression.ts';
import { isObject } from './values.ts';

/** Where in the definition a check is. */
export interface Inside {
  readonly location: string;
  /** State names seen so far: they are unique in the whole machine. */
  readonly names: Set<string>;
  /** Variables of the scopes around this one. */
  readonly outer: ReadonlySet<string>;
}

/** Checks Output and Assign of a state, a choice rule or a catcher. */
export function checkEffects(
  { Output, Assign }: JsonObject,
  { location, outer }: Inside,
  report: ProblemReport,
  available: readonly Available[],
): void {
  checkTemplate(Output, `${location}/Output`, report, available);
  if (Assign === undefined) return;
  if (!isObject(Assign)) {
    report.schema('Expected value of type Object', `${location}/Assign`);
    return;
  }
  checkVariableNames(Assign, outer, `${location}/Assign`, report);
  checkTemplate(Assign, `${location}/Assign`, report, available);
}

/** Names that the states of one scope assign, in their own Assign and in those of their rules and catchers. */
export function assignedNames(states: JsonObject): ReadonlySet<string> {
  const names = new Set<string>();
  for (const state of Object.values(states)) {
    if (!isObject(state)) continue;
    for (const holder of [state, ...listOf(state.Choices), ...listOf(state.Catch)]) {
      if (isObject(holder.Assign)) for (const name of Object.keys(holder.Assign)) names.add(name);
    }
  }
  return names;
}

function listOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

const NAME = /^[\p{ID_Start}_][\p{ID_Continue}]{0,79}$/u;

/**
 * Reports variable names that cannot be assigned: no identifier of at most 80 characters, `states`, or the name of an
 * outer scope's variable (docs: Passing data between states with variables, "Variable scope").
 */
function checkVariableNames(
  assign: JsonObject,
  outer: ReadonlySet<string>,
  location: string,
  report: ProblemReport,
): void {
  for (const name of Object.keys(assign)) {
    const place = `${location}/${name}`;
    if (!NAME.test(name)) report.schema(`'${name}' is not a valid variable name`, place);
    else if (name === 'states') report.schema("The variable name 'states' is reserved", place);
    else if (outer.has(name))
      report.schema(`Variable '${name}' is already assigned in an outer scope`, place);
  }
}
