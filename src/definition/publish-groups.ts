import { BATCH_STATEMENTS, type CallStep, countStatements } from '../steps/call/definition.ts';
import type { FailureClass } from '../steps/failure-class.ts';
import type { Step } from '../steps/step.ts';
import { stepsBefore } from './order.ts';

/** Groups of steps that become visible together: names of their steps, by the group's. */
export type PublishGroups = Readonly<Record<string, readonly string[]>>;

/** Name of the step that all call steps of a pipeline become with `publish: 'together'`. */
const TOGETHER = 'Publish_Together';

/** Longest time of a statement that Redshift allows: a day. */
const MAX_TIMEOUT_SECONDS = 86_400;

/** What `publish` says, as groups. A single step is one transaction in any case. */
export function readGroups(
  publish: 'together' | PublishGroups | undefined,
  steps: readonly Step[],
): PublishGroups {
  if (publish !== 'together') return publish ?? {};
  const calls = steps.filter(({ kind }) => kind === 'call').map(({ name }) => name);
  return calls.length < 2 ? {} : { [TOGETHER]: calls };
}

/** What is wrong with groups: field and reason. @param steps in their order */
export function findGroupProblems(groups: PublishGroups, steps: readonly Step[]): readonly string[] {
  const byName = new Map(steps.map((step) => [step.name, step]));
  const owners = new Map<string, string>();
  return Object.entries(groups).flatMap(([group, members]) => {
    const where = `publish.${group}`;
    const ofMembers = members.flatMap((name) => {
      const owner = owners.get(name);
      owners.set(name, group);
      if (owner !== undefined)
        return [`${where}: "${name}" is in ${owner === group ? 'it twice' : `${owner}, too`}`];
      const problem = problemOfMember(byName.get(name));
      return problem === undefined ? [] : [`${where}: "${name}" ${problem}`];
    });
    if (byName.has(group)) ofMembers.push(`${where}: a step has that name: give the group another one`);
    if (ofMembers.length > 0) return ofMembers;
    return [
      ...betweenMembers(members, steps).map(
        ([between, before, after]) =>
          `${where}: "${between}" runs after "${before}" and before "${after}", and nothing can come between the steps of one transaction: make it an \`audit\` of "${before}", or leave one of the two out`,
      ),
      ...sizeProblems(
        where,
        members.map((name) => byName.get(name) as CallStep),
      ),
    ];
  });
}

function problemOfMember(step: Step | undefined): string | undefined {
  if (step === undefined) return 'is none of the steps';
  if (step.kind === 'check')
    return 'is a check, which publishes nothing: make it an `audit` of a step, or leave it out';
  return step.commits
    ? 'commits by itself, so that it cannot become visible together with others: leave it out'
    : undefined;
}

/** Steps outside of a group that wait for one inside, while another one inside waits for them. */
function betweenMembers(members: readonly string[], steps: readonly Step[]): readonly (readonly string[])[] {
  const ancestors = stepsBefore(steps);
  return steps
    .filter(({ name }) => !members.includes(name))
    .flatMap(({ name }) => {
      const before = members.find((member) => ancestors.get(name)?.has(member));
      const after = members.find((member) => ancestors.get(member)?.has(name));
      return before === undefined || after === undefined ? [] : [[name, before, after]];
    });
}

function sizeProblems(where: string, members: readonly CallStep[]): readonly string[] {
  const audits = members.flatMap((step) => step.audits);
  const calls = members.reduce((sum, step) => sum + step.calls.length, 0);
  const statements = countStatements(calls, audits);
  const names = audits.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return [
    ...(statements > BATCH_STATEMENTS
      ? [
          `${where}: makes ${statements} statements, and the Data API takes ${BATCH_STATEMENTS} in one transaction: publish fewer steps together`,
        ]
      : []),
    ...(twice === undefined
      ? []
      : [`${where}: two of its steps have an audit "${twice}": give one of them a \`name\``]),
  ];
}

/**
 * The steps with each group in the place of its members: one step, one transaction, one fence. What waited for a member waits for
 * the group.
 * @param steps in their order
 */
export function applyGroups(groups: PublishGroups, steps: readonly Step[]): readonly Step[] {
  const groupOf = new Map(
    Object.entries(groups).flatMap(([group, names]) => names.map((name) => [name, group])),
  );
  const moved = (names: readonly string[]) => [...new Set(names.map((name) => groupOf.get(name) ?? name))];
  const grouped = Object.entries(groups).map(([group, names]) => {
    const members = steps.filter((step): step is CallStep => names.includes(step.name));
    return {
      ...joinSteps(group, members),
      after: moved(members.flatMap(({ after }) => after)).filter((name) => name !== group),
    };
  });
  const others = steps
    .filter(({ name }) => !groupOf.has(name))
    .map((step) => ({ ...step, after: moved(step.after) }));
  return [...others, ...grouped];
}

function joinSteps(name: string, members: readonly CallStep[]): CallStep {
  const [first] = members as readonly [CallStep, ...CallStep[]];
  const isRetriedByAll = (failure: FailureClass) => members.every(({ retry }) => retry.on.includes(failure));
  const seconds = members.reduce((sum, { timeoutSeconds }) => sum + timeoutSeconds, 0);
  return {
    ...first,
    name,
    calls: members.flatMap(({ calls }) => calls),
    audits: members.flatMap(({ audits }) => audits),
    consumes: [...new Set(members.flatMap(({ consumes }) => consumes))],
    timeoutSeconds: Math.min(seconds, MAX_TIMEOUT_SECONDS),
    retry: {
      attempts: Math.max(...members.map(({ retry }) => retry.attempts)),
      on: first.retry.on.filter(isRetriedByAll),
    },
    members: members.map((member) => ({
      name: member.name,
      calls: member.calls.length,
      audits: member.audits.length,
    })),
  };
}
