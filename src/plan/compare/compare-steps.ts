import { type Change, type ChangeKind, type ChangePlace, change } from '../change.ts';
import { canonicalJson } from '../json.ts';
import type { CallFacts } from '../machine/read-statements.ts';
import type { StepFacts } from '../machine/read-step.ts';
import { compareAudits } from './compare-audits.ts';
import { comparePolicies } from './compare-policies.ts';
import { compareSeverities } from './compare-severities.ts';

/** What a step does, in a few words. */
export function describeFacts({ calls, check, audits, others }: StepFacts): string {
  if (check !== undefined)
    return `a check: ${check.description ?? others[0] ?? 'of a form that is not known'}`;
  const audited = audits.length === 0 ? '' : `, audited by ${audits.map(({ name }) => name).join('; ')}`;
  return `calls ${calls.map(describeCall).join(', ')}${audited}`;
}

/** Whether two steps do the same under different names: how a renamed step is known. */
export function isSameWork(before: StepFacts, after: StepFacts): boolean {
  return workOf(before) === workOf(after);
}

/** The name of the fence is made of that of the step. */
function workOf({ calls, audits, others, check, policy }: StepFacts): string {
  return canonicalJson({ calls, audits, others, check, policy });
}

/** What is otherwise in a step that both have. */
export function compareSteps(pipeline: string, before: StepFacts, after: StepFacts): readonly Change[] {
  const where = { pipeline, step: after.name };
  if ((before.check === undefined) !== (after.check === undefined))
    return [change('step-kind', where, `was ${describeFacts(before)}; becomes ${describeFacts(after)}`)];
  return [
    ...compareCalls(where, before.calls, after.calls),
    ...compareChecks(where, before, after),
    ...compareAudits(where, before.audits, after.audits),
    ...comparePolicies(where, before.policy, after.policy),
    ...difference('together-changed', where, before.members, after.members, 'publishes together'),
    ...(canonicalJson(before.consumption) === canonicalJson(after.consumption)
      ? []
      : [change('consumption-changed', where, 'other staged tables are consumed before or behind it')]),
  ];
}

function difference(
  kind: ChangeKind,
  where: ChangePlace,
  before: readonly string[],
  after: readonly string[],
  what: string,
): readonly Change[] {
  const [was, is] = [before.join(', ') || 'nothing', after.join(', ') || 'nothing'];
  return was === is ? [] : [change(kind, where, `${what} ${is}, in place of ${was}`)];
}

function compareCalls(
  where: ChangePlace,
  before: readonly CallFacts[],
  after: readonly CallFacts[],
): readonly Change[] {
  const names = (calls: readonly CallFacts[]) => calls.map(({ procedure }) => procedure);
  if (names(before).join() !== names(after).join())
    return difference('procedure-changed', where, names(before), names(after), 'calls');
  const pairs = after.map((call, index) => [before[index] as CallFacts, call] as const);
  return pairs
    .filter(([was, is]) => was.args !== is.args)
    .map(([was, is]) =>
      change('arguments-changed', where, `calls ${describeCall(is)}, in place of ${describeCall(was)}`),
    );
}

function describeCall({ procedure, args }: CallFacts): string {
  return `${procedure}(${args})`;
}

function compareChecks(where: ChangePlace, before: StepFacts, after: StepFacts): readonly Change[] {
  const [was = {}, is = {}] = [before.check, after.check];
  // The statement that shows rows follows the one that counts them.
  const [wasQuery, isQuery] = [before.others[0], after.others[0]];
  const rest = [was.showRows !== is.showRows, before.others.slice(1).join() !== after.others.slice(1).join()];
  return [
    ...(wasQuery === isQuery ? [] : [change('query-changed', where, `counts otherwise: ${isQuery}`)]),
    ...compareSeverities(where, was.severity, is.severity, 'wrong rows'),
    ...(rest.includes(true) && wasQuery === isQuery
      ? [change('rows-shown', where, `shows rows: ${is.showRows === true ? 'yes' : 'no'}`)]
      : []),
    ...(was.description === is.description
      ? []
      : [change('description-changed', where, `its description is now: ${is.description}`)]),
  ];
}
