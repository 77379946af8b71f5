import type { JsonObject } from '../../contracts.ts';
import type { ProblemReport } from './problem.ts';
import { isObject } from './values.ts';

interface Transition {
  readonly target: string;
  readonly location: string;
}

/**
 * Reports transitions to states that do not exist, a graph that never ends, and otherwise states nothing leads to: in
 * the order and with the suppression that Step Functions shows.
 */
export function checkTransitions(
  startAt: string,
  states: JsonObject,
  location: string,
  report: ProblemReport,
): void {
  const start: Transition = { target: startAt, location: `${location}/StartAt` };
  const all = Object.entries(states).flatMap(([name, state]) =>
    transitionsOf(state, `${location}/States/${name}`),
  );
  for (const transition of [start, ...all]) {
    if (Object.hasOwn(states, transition.target)) continue;
    report.add(
      'MISSING_TRANSITION_TARGET',
      `Missing 'Next' target: ${transition.target}`,
      transition.location,
    );
  }
  if (!Object.values(states).some(endsGraph)) {
    report.add('MISSING_END_STATE', 'Workflow has no terminal state', null);
    return;
  }
  const reached = reachable(startAt, states);
  for (const name of Object.keys(states)) {
    if (reached.has(name)) continue;
    report.add(
      'MISSING_TRANSITION_TARGET',
      `State "${name}" is not reachable.`,
      `${location}/States/${name}`,
    );
  }
}

function endsGraph(state: unknown): boolean {
  return isObject(state as JsonObject) && endsBranch(state as JsonObject);
}

function endsBranch({ Type, End }: JsonObject): boolean {
  return Type === 'Succeed' || Type === 'Fail' || End === true;
}

function reachable(startAt: string, states: JsonObject): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [startAt];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    open.push(...transitionsOf(states[name], '').map(({ target }) => target));
  }
  return reached;
}

function transitionsOf(state: unknown, location: string): readonly Transition[] {
  if (!isObject(state as JsonObject)) return [];
  const { Next, Default, Choices, Catch } = state as JsonObject;
  return [
    ...transition(Next, `${location}/Next`),
    ...listed(Choices, `${location}/Choices`),
    ...transition(Default, `${location}/Default`),
    ...listed(Catch, `${location}/Catch`),
  ];
}

function listed(rules: unknown, location: string): readonly Transition[] {
  if (!Array.isArray(rules)) return [];
  return rules.flatMap((rule, index) =>
    isObject(rule) ? transition(rule.Next, `${location}[${index}]/Next`) : [],
  );
}

function transition(target: unknown, location: string): readonly Transition[] {
  return typeof target === 'string' ? [{ target, location }] : [];
}
