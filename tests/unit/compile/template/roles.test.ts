import { describe, expect, it } from 'vitest';
import type { Stage } from '../../../../src/compile/stage/stage.ts';
import { compileRoles } from '../../../../src/compile/template/roles.ts';
import { ofType, resolve, toTemplate } from '../../../fixtures/package/cloudformation/template.ts';
import { ORDERS_TASK_ARN, orders } from '../../../fixtures/pipeline.ts';
import { CLUSTER_PARAMETERS, testStage } from '../../../fixtures/stage.ts';

interface Statement {
  readonly Action: readonly string[];
  readonly Resource: unknown;
}

/** Statements of a role. */
function statements(role: string, parameters: object): readonly Statement[] {
  const template = toTemplate(compileRoles(testStage({ ...parameters })));
  const [[, properties] = ['', {}]] = ofType(template, 'AWS::IAM::Role').filter(([id]) => id === role);
  const [policy] = resolve(properties.Policies ?? []) as never as readonly {
    readonly PolicyDocument: { readonly Statement: readonly Statement[] };
  }[];
  return policy?.PolicyDocument.Statement ?? [];
}

/** Actions and resources of each managed policy, by its logical id. */
function managedGrants(stage: Stage): ReadonlyMap<string, readonly string[]> {
  const policies = ofType(toTemplate(compileRoles(stage)), 'AWS::IAM::ManagedPolicy');
  return new Map(
    policies.map(([id, { PolicyDocument }]) => {
      const { Statement } = resolve(PolicyDocument ?? {}) as never as {
        readonly Statement: readonly Statement[];
      };
      const grants = Statement.flatMap(({ Action, Resource }) =>
        [Resource].flat().flatMap((resource) => Action.map((action) => `${action} ${resource}`)),
      );
      return [id, grants];
    }),
  );
}

describe('all roles', () => {
  it('have everything on resources of their own, but for what AWS cannot narrow', () => {
    const roles = ['StartRunRole', 'StatementRole', 'NotifyRole', 'StateMachineRole'];
    const open = roles.flatMap((role) =>
      statements(role, CLUSTER_PARAMETERS).flatMap(({ Action, Resource }) =>
        Resource === '*' ? Action : [],
      ),
    );

    expect([...new Set(open)].toSorted()).toEqual([
      'dms:DescribeReplicationTasks',
      'logs:CreateLogDelivery',
      'logs:DeleteLogDelivery',
      'logs:DescribeLogGroups',
      'logs:DescribeResourcePolicies',
      'logs:GetLogDelivery',
      'logs:ListLogDeliveries',
      'logs:PutResourcePolicy',
      'logs:UpdateLogDelivery',
      'redshift-data:CancelStatement',
      'redshift-data:DescribeStatement',
      'redshift-data:GetStatementResult',
      'redshift-data:ListStatements',
      'xray:GetSamplingRules',
      'xray:GetSamplingTargets',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ]);
  });

  it('have beside the calls of their functions only what Lambda does in their name', () => {
    const dependent = statements('NotifyRole', CLUSTER_PARAMETERS).flatMap(({ Action }) => Action);

    expect(dependent).toEqual([
      'dms:DescribeReplicationTasks',
      'states:DescribeExecution',
      'states:GetExecutionHistory',
      'sns:Publish',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
      'sqs:SendMessage',
    ]);
  });

  it('publish to a topic that is given, and to none of the stage', () => {
    const topic = 'arn:aws:sns:eu-central-1:999999999999:ours';
    const given = statements('NotifyRole', { ...CLUSTER_PARAMETERS, notificationTopicArn: topic });

    expect(given).toContainEqual({ Effect: 'Allow', Action: ['sns:Publish'], Resource: topic });
  });

  it('have names that are known before there is a stack, where somebody relies on them', () => {
    const template = toTemplate(compileRoles(testStage()));
    const names = ofType(template, 'AWS::IAM::Role').map(([id, { RoleName }]) => [
      id,
      RoleName && resolve(RoleName),
    ]);

    expect(Object.fromEntries(names)).toEqual({
      StartRunRole: undefined,
      StatementRole: 'elt-test-us-east-1-statements',
      NotifyRole: undefined,
      StateMachineRole: 'elt-test-us-east-1-machines',
    });
  });

  it('lose nothing of any policy when a pipeline comes behind the others', () => {
    const pipelines = Array.from({ length: 70 }, (_, index) => ({
      ...orders,
      name: `load-a-subject-area-whose-name-is-rather-long-${index}`,
      tasks: [`full-load-of-subject-area-${index}`],
    }));
    const grantsOf = (count: number) => {
      const some = pipelines.slice(0, count);
      const arns = some.flatMap(({ tasks }) =>
        tasks.map((task) => [task, ORDERS_TASK_ARN.replace('ORDERS', task)]),
      );
      return managedGrants(testStage({ ...CLUSTER_PARAMETERS, dmsTasks: Object.fromEntries(arns) }, some));
    };

    const lost: string[] = [];
    for (let count = 50; count < pipelines.length; count += 1) {
      const [before, after] = [grantsOf(count), grantsOf(count + 1)];
      for (const [policy, grants] of before)
        lost.push(...grants.filter((grant) => !after.get(policy)?.includes(grant)));
    }

    expect(grantsOf(50).size).toBeGreaterThan(5);
    expect(lost).toEqual([]);
  });
});
