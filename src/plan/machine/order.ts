import { type Members, membersOf } from '../json.ts';

/** Names of the steps that must have ended before a state is entered, by state: as control flow says, branches included. */
export type Before = ReadonlyMap<string, ReadonlySet<string>>;

/** Which step a state begins, if any. */
export type StepOf = (state: Members) => string | undefined;

/**
 * Reads from the control flow what must have ended before each step: what every way to it has passed. Loops add nothing, since
 * every way into a loop comes from before it. Behind a Parallel state all steps of its branches have ended.
 */
export function readStepOrder(machine: Members, stepOf: StepOf): Before {
  const before = new Map<string, ReadonlySet<string>>();
  walk(machine, new Set(), { stepOf, before });
  return before;
}

interface Walk {
  readonly stepOf: StepOf;
  readonly before: Map<string, ReadonlySet<string>>;
}

/** Goes through the states of a machine or branch until nothing more is learnt. @returns all steps in it */
function walk(branch: Members, ended: ReadonlySet<string>, context: Walk): ReadonlySet<string> {
  const states = membersOf(branch.States);
  const entered = new Map<string, ReadonlySet<string>>();
  const inside = new Map<string, ReadonlySet<string>>();
  const waiting = [[String(branch.StartAt), ended] as const];
  for (const [name, arriving] of waiting) {
    const known = entered.get(name);
    const now = known === undefined ? arriving : new Set([...known].filter((step) => arriving.has(step)));
    if (!(name in states) || (known !== undefined && now.size === known.size)) continue;
    entered.set(name, now);
    const state = membersOf(states[name]);
    const own = stepsIn(state, now, context);
    inside.set(name, own);
    for (const next of nextStates(state)) waiting.push([next, new Set([...now, ...own])]);
  }
  for (const [name, set] of entered) {
    const step = context.stepOf(membersOf(states[name]));
    if (step !== undefined) context.before.set(step, set);
  }
  return new Set([...inside.values()].flatMap((own) => [...own]));
}

function stepsIn(state: Members, ended: ReadonlySet<string>, context: Walk): ReadonlySet<string> {
  const step = context.stepOf(state);
  if (step !== undefined) return new Set([step]);
  const branches = Array.isArray(state.Branches) ? state.Branches : [];
  return new Set(branches.flatMap((branch) => [...walk(membersOf(branch), ended, context)]));
}

/** Where a state may lead. */
function nextStates({ Next, Default, Choices, Catch }: Members): readonly string[] {
  const rules = [Choices, Catch].flatMap((list) => (Array.isArray(list) ? list : []));
  const targets = [Next, Default, ...rules.map((rule) => membersOf(rule).Next)];
  return targets.filter((target): target is string => typeof target === 'string');
}

/** The steps that a step waits for, without those that others of them wait for already; of some steps alone. */
export function directlyBefore(before: Before, step: string, among: ReadonlySet<string>): readonly string[] {
  const all = [...(before.get(step) ?? [])].filter((name) => among.has(name));
  return all.filter((name) => !all.some((other) => before.get(other)?.has(name)));
}
