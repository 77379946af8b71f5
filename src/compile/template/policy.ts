import { InvalidPipeline } from '../../errors/errors.ts';
import { cutToFit, longestJson, pascalCase, type Resource, type Resources } from './cloudformation.ts';

export interface PolicyStatement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  /** One resource, or a list of them. */
  readonly Resource: unknown;
  readonly Condition?: Resource;
}

/** Characters of all inline policies of a role, and of a managed policy; white space is not counted. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const INLINE_CHARACTERS = 10_240;
const MANAGED_CHARACTERS = 6_144;

/** Managed policies of a role, unless its account's quota was raised. */
const ROLE_POLICIES = 10;

export function allow(actions: readonly string[], resource: unknown, condition?: Resource): PolicyStatement {
  const statement = { Effect: 'Allow', Action: actions, Resource: resource } as const;
  return condition === undefined ? statement : { ...statement, Condition: condition };
}

export interface RoleParts {
  /** Service that takes the role. */
  readonly service: string;
  readonly description: string;
  /** @default CloudFormation makes one */
  readonly name?: Resource;
  readonly statements: readonly PolicyStatement[];
}

/**
 * A role and its permissions, inline if they fit. If not, the long lists, which name the pipelines' machines, move to
 * as many managed policies as necessary. The role refers to them, so they exist before it loses the inline ones. Each
 * list has its own policies, which are filled one after the other, so a pipeline that is added at the end moves
 * nothing between them.
 */
export function compileRole(id: string, { service, description, name, statements }: RoleParts): Resources {
  const isInline = longestJson(document(statements)).length <= INLINE_CHARACTERS;
  const kept = isInline ? statements : statements.filter((statement) => !isList(statement));
  const moved = isInline ? [] : statements.filter(isList);
  const policies = moved.flatMap((statement) =>
    cutStatement(statement).map(
      (part, index) =>
        [
          `${id}${listName(statement)}${index + 1}`,
          { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document([part]) } },
        ] as const,
    ),
  );
  refuseTooMany(id, policies.length);
  const managed = policies.map(([policy]) => ({ Ref: policy }));
  const role: Resource = {
    Type: 'AWS::IAM::Role',
    Properties: {
      Description: description,
      ...(name === undefined ? {} : { RoleName: name }),
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
      },
      ...(kept.length === 0 ? {} : { Policies: [{ PolicyName: 'calls', PolicyDocument: document(kept) }] }),
      ...(managed.length === 0 ? {} : { ManagedPolicyArns: managed }),
    },
  };
  return { [id]: role, ...Object.fromEntries(policies) };
}

/** `states:DescribeExecution` as `StatesDescribeExecution`: a list is known by the first thing that it allows. */
function listName({ Action: [action = ''] }: PolicyStatement): string {
  return pascalCase(action.replace(':', '-'));
}

/** @throws InvalidPipeline */
function refuseTooMany(id: string, count: number): void {
  if (count <= ROLE_POLICIES) return;
  throw new InvalidPipeline(
    `the pipelines and their DMS tasks need ${count} managed policies for ${id}, but IAM allows ${ROLE_POLICIES}: deploy some of the pipelines as another service`,
  );
}

function document(statements: readonly PolicyStatement[]): Resource {
  return { Version: '2012-10-17', Statement: statements };
}

/** As many as there are pipelines; log groups are as many as functions. */
function isList({ Action: actions, Resource: resource }: PolicyStatement): boolean {
  return (
    Array.isArray(resource) && resource.length > 2 && !actions.some((action) => action.startsWith('logs:'))
  );
}

function cutStatement(statement: PolicyStatement): readonly PolicyStatement[] {
  const withResources = (resources: readonly unknown[]) => ({ ...statement, Resource: resources });
  const parts = cutToFit(statement.Resource as readonly unknown[], MANAGED_CHARACTERS, (part) =>
    document([withResources(part)]),
  );
  return parts.map(withResources);
}
