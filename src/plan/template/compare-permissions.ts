import { fullDiff } from '@aws-cdk/cloudformation-diff';
import { canonicalJson, membersOf } from '../json.ts';
import type { Template } from './template.ts';

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
}

/**
 * Compares permissions by action and resource, so that a statement that gains one resource is told by that one alone. Managed
 * policies count as part of the roles that have them: what moves between the two is no change.
 */
export function comparePermissions(before: Template, after: Template): PermissionChanges {
  const { iamChanges } = fullDiff(withManaged(before), withManaged(after));
  const grants = (
    statements: typeof iamChanges.statements.additions,
    policies: typeof iamChanges.managedPolicies.additions,
  ) => [
    ...statements.flatMap(grantsOf),
    ...policies.map(({ identityArn, managedPolicyArn }) => ({
      ...{
        who: plainName(identityArn),
        action: 'all that the policy allows',
        resource: managedPolicyArn,
        condition: '',
      },
    })),
  ];
  const { statements, managedPolicies } = iamChanges;
  const added = grants(statements.additions, managedPolicies.additions);
  const removed = grants(statements.removals, managedPolicies.removals);
  return { widened: beyond(added, removed), narrowed: beyond(removed, added) };
}

type Statement = ReturnType<typeof fullDiff>['iamChanges']['statements']['additions'][number];

/** Of a statement that denies, what it leaves out cannot be said as a list: it is one grant by itself, as it stands. */
function grantsOf(statement: Statement): readonly Grant[] {
  const { effect, principals, actions, resources, condition } = statement;
  const when = condition === undefined ? '' : canonicalJson(condition);
  const isPlain = effect === 'Allow' && !principals.not && !actions.not && !resources.not;
  const rendered = statement.render();
  if (!isPlain)
    return [
      {
        who: rendered.principal,
        action: `${rendered.effect} ${rendered.action}`,
        resource: rendered.resource,
        condition: when,
      },
    ];
  return principals.values.flatMap((who) =>
    actions.values.flatMap((action) =>
      resources.values.map((resource) => ({ who: plainName(who), action, resource, condition: when })),
    ),
  );
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
function withManaged(template: Template): Template {
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
