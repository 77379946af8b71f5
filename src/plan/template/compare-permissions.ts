import { fullDiff } from '@aws-cdk/cloudformation-diff';
import { canonicalJson, membersOf } from '../json.ts';
import { comparable } from './comparable.ts';
import type { StackTemplate } from './template.ts';

/** One action that somebody may do, or may do no longer, on some resources. */
export interface Permission {
  /** Logical ID of a role, or who else is allowed. */
  readonly who: string;
  readonly action: string;
  readonly resources: readonly string[];
  /** Empty where it holds always. */
  readonly condition: string;
}

/** What IAM would allow beyond what it allows now, and the other way round. */
export interface PermissionChanges {
  readonly widened: readonly Permission[];
  readonly narrowed: readonly Permission[];
}

interface Grant {
  readonly who: string;
  readonly action: string;
  readonly resource: string;
  readonly condition: string;
  readonly isDenied: boolean;
}

/**
 * Compares permissions by action and resource, so that a statement that gains one resource is told by that one alone. Managed
 * policies count as part of the roles that have them: what moves between the two is no change.
 */
export function comparePermissions(before: StackTemplate, after: StackTemplate): PermissionChanges {
  const { iamChanges } = fullDiff(withManaged(comparable(before)), withManaged(comparable(after)));
  const { statements, managedPolicies } = iamChanges;
  const added = grantsOf(statements.additions, managedPolicies.additions);
  const removed = grantsOf(statements.removals, managedPolicies.removals);
  // What is no longer denied is allowed, if anything allows it.
  const [allows, denies] = [(grant: Grant) => !grant.isDenied, (grant: Grant) => grant.isDenied];
  const widens = (more: readonly Grant[], less: readonly Grant[]) => [
    ...beyond(more.filter(allows), less.filter(allows)),
    ...beyond(less.filter(denies), more.filter(denies)),
  ];
  return { widened: widens(added, removed), narrowed: widens(removed, added) };
}

type IamChanges = ReturnType<typeof fullDiff>['iamChanges'];
type Statement = IamChanges['statements']['additions'][number];

function grantsOf(
  statements: readonly Statement[],
  policies: IamChanges['managedPolicies']['additions'],
): readonly Grant[] {
  return [
    ...statements.flatMap(grantsOfStatement),
    ...policies.map(({ identityArn, managedPolicyArn }) => ({
      ...{ who: plainName(identityArn), action: 'all that the policy allows', resource: managedPolicyArn },
      ...{ condition: '', isDenied: false },
    })),
  ];
}

/** What a statement leaves out cannot be said as a list: it is one grant by itself, as it stands. */
function grantsOfStatement(statement: Statement): readonly Grant[] {
  const { effect, principals, actions, resources, condition } = statement;
  const isDenied = effect !== 'Allow';
  const conditions = alternativesOf(condition);
  const isPlain = !isDenied && !principals.not && !actions.not && !resources.not;
  const rendered = statement.render();
  if (!isPlain)
    return [
      {
        who: rendered.principal,
        action: `${rendered.effect} ${rendered.action}`,
        resource: rendered.resource,
        condition: condition === undefined ? '' : canonicalJson(condition),
        isDenied,
      },
    ];
  return principals.values.flatMap((who) =>
    actions.values.flatMap((action) =>
      resources.values.flatMap((resource) =>
        conditions.map((when) => ({ who: plainName(who), action, resource, condition: when, isDenied })),
      ),
    ),
  );
}

/** Operators under which each value of a list is enough. */
const ANY_OF = /^(?:Arn|String)(?:Equals|Like)$/;

/** A condition as the conditions of which one is enough: a list that gains a value is told by that value alone. */
function alternativesOf(condition: unknown): readonly string[] {
  const [operator, ...others] = Object.entries(membersOf(condition));
  if (operator === undefined) return [''];
  const [key, ...otherKeys] = Object.entries(membersOf(operator[1]));
  const isList = others.length + otherKeys.length === 0 && key !== undefined && Array.isArray(key[1]);
  if (!isList || !ANY_OF.test(operator[0])) return [canonicalJson(condition)];
  const [name, values] = key as [string, readonly unknown[]];
  return values.map((value) => canonicalJson({ [operator[0]]: { [name]: value } }));
}

/** `AWS:${StartRunRole}` */
function plainName(principal: string): string {
  return principal.replace(/^AWS:\$\{(\w+)\}$/, '$1').replace(/^\$\{(\w+)\}$/, '$1');
}

function beyond(grants: readonly Grant[], others: readonly Grant[]): readonly Permission[] {
  const known = new Set(others.map(canonicalJson));
  const own = grants.filter((grant) => !known.has(canonicalJson(grant)));
  const groups = Map.groupBy(own, ({ who, action, condition }) => canonicalJson([who, action, condition]));
  return [...groups.values()].map((group) => {
    const { who, action, condition } = group[0] as Grant;
    return { who, action, condition, resources: [...new Set(group.map(({ resource }) => resource))] };
  });
}

/** Roles with the managed policies of the same template that they refer to as their own. */
function withManaged(template: StackTemplate): StackTemplate {
  const { Resources: resources } = template;
  const moved = new Set<string>();
  const roles = Object.entries(resources).flatMap(([id, resource]) => {
    const properties = membersOf(resource.Properties);
    const { ManagedPolicyArns: arns, Policies: policies } = properties;
    if (resource.Type !== 'AWS::IAM::Role' || !Array.isArray(arns)) return [];
    const referred = arns.map((arn) => String(membersOf(arn).Ref));
    const own = referred.filter((policy) => resources[policy]?.Type === 'AWS::IAM::ManagedPolicy');
    for (const policy of own) moved.add(policy);
    const documents = own.map((policy) => ({
      PolicyName: policy,
      PolicyDocument: membersOf(resources[policy]?.Properties).PolicyDocument,
    }));
    const kept = arns.filter((_, index) => !own.includes(referred[index] ?? ''));
    const Policies = [...(Array.isArray(policies) ? policies : []), ...documents];
    return [[id, { ...resource, Properties: { ...properties, Policies, ManagedPolicyArns: kept } }] as const];
  });
  const others = Object.entries(resources).filter(([id]) => !moved.has(id));
  return { ...template, Resources: { ...Object.fromEntries(others), ...Object.fromEntries(roles) } };
}
