import type { MonthlyCost } from '../compile/cost/monthly-cost.ts';
import { type Change, type ChangeClass, change, worstClass } from './change.ts';
import { comparePipelines, compareTriggers } from './compare/compare-pipelines.ts';
import { costOfTemplate } from './stage-cost.ts';
import { comparePermissions, type PermissionChanges } from './template/compare-permissions.ts';
import { compareResources } from './template/compare-resources.ts';
import { type FindDefinition, machinesOf, type StackTemplate, triggersOf } from './template/template.ts';

/** A template, with what lies beside it. */
export interface Deployable {
  readonly template: StackTemplate;
  readonly findDefinition: FindDefinition;
  /** SHA-256 of a function’s archive by the function’s name, if archives are at hand. */
  readonly code?: ReadonlyMap<string, string>;
}

/** A run that would end as it began, with the old definition. */
export interface RunAlive {
  readonly pipeline: string;
  readonly name: string;
}

/** Everything that this tree would change. */
export interface Plan {
  /** What is compared: `stage dev`. */
  readonly against: string;
  /** In the pipelines’ words. */
  readonly pipelines: readonly Change[];
  readonly resources: readonly Change[];
  readonly permissions: PermissionChanges;
  readonly migrations: readonly Change[];
  readonly alive: readonly RunAlive[];
  /** US dollars a month. */
  readonly cost: { readonly before: MonthlyCost; readonly after: MonthlyCost } | undefined;
  /** What is not looked at, and why. */
  readonly notLookedAt: readonly string[];
  /** What was to be looked at, and did not answer: with the reason. */
  readonly failed: readonly string[];
}

/** What is compared of two trees without asking anybody. */
export type ComparedTrees = Pick<Plan, 'pipelines' | 'resources' | 'permissions' | 'cost' | 'notLookedAt'>;

/** Compares what is deployed with what this tree would deploy. Nothing differs where both are the same tree. */
export function compareTrees(before: Deployable, after: Deployable): ComparedTrees {
  const [was, is] = [before, after].map(({ template, findDefinition }) =>
    machinesOf(template, findDefinition),
  ) as [ReturnType<typeof machinesOf>, ReturnType<typeof machinesOf>];
  const costs = { before: costOfTemplate(before.template, was), after: costOfTemplate(after.template, is) };
  const code = compareCode(before, after);
  const unknown = [...new Set([...costs.before.unknown, ...costs.after.unknown])];
  return {
    pipelines: [
      ...comparePipelines(was, is),
      ...compareTriggers(triggersOf(before.template), triggersOf(after.template)),
    ],
    resources: [...compareResources(before.template, after.template), ...code.changes],
    permissions: comparePermissions(before.template, after.template),
    cost: { before: costs.before.cost, after: costs.after.cost },
    notLookedAt: [
      ...code.notLookedAt,
      ...(unknown.length === 0
        ? []
        : [
            `the definitions of ${unknown.join(', ')}, which are in files that are not at hand; the cost counts none of their states`,
          ]),
    ],
  };
}

function compareCode(before: Deployable, after: Deployable) {
  if (before.code === undefined || after.code === undefined)
    return {
      changes: [],
      notLookedAt: ['the functions’ code: --packaged compares archives'],
    };
  const { code } = before;
  const names = [...after.code]
    .filter(([name, hash]) => code.has(name) && code.get(name) !== hash)
    .map(([name]) => name);
  const changes = names.map((name) => change('code-changed', { object: name }, 'its code is another'));
  return { changes, notLookedAt: [] };
}

/** All changes of a plan that have a class. */
export function changesOf({
  pipelines,
  resources,
  migrations,
}: Pick<Plan, 'pipelines' | 'resources' | 'migrations'>) {
  return [...pipelines, ...resources, ...migrations];
}

/** Whether deploying this tree would change nothing, as far as was looked. */
export function isEmptyPlan(plan: Plan): boolean {
  const { widened, narrowed } = plan.permissions;
  return changesOf(plan).length + widened.length + narrowed.length === 0;
}

/** The class of the whole plan. Permissions alone change no row, unless one is taken away. */
export function classOfPlan(plan: Plan): ChangeClass | undefined {
  const { widened, narrowed } = plan.permissions;
  return worstClass([
    ...changesOf(plan),
    ...(widened.length > 0 ? [{ class: 'harmless' as const }] : []),
    ...(narrowed.length > 0 ? [{ class: 'changes results' as const }] : []),
  ]);
}
