import { describe, expect, it } from 'vitest';
import { compileRoles } from '../../../src/compile/roles.ts';
import { ofType, resolve, toTemplate } from '../../fixtures/cloudformation/template.ts';
import { CLUSTER_PARAMETERS, testStage } from '../../fixtures/stage.ts';

const WORKGROUP_ARN = 'arn:aws:redshift-serverless:us-east-1:000000000000:workgroup/0b5d';
const SECRET = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:elt-AbCdEf';
const KEY = 'arn:aws:kms:us-east-1:000000000000:key/1234';
const REDSHIFT = 'arn:aws:redshift:us-east-1:000000000000';
const { dmsTasks } = CLUSTER_PARAMETERS;
const onCluster = { clusterIdentifier: 'mart', database: 'dev', dmsTasks };
const onWorkgroup = { workgroupName: 'elt', workgroupArn: WORKGROUP_ARN, database: 'dev', dmsTasks };

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

/** What a role may do in the services that only the target decides about, and where it may submit. */
function targetPermissions(parameters: object) {
  const decided = /^(redshift|redshift-serverless|secretsmanager|kms):|ExecuteStatement$/;
  return statements('StatementRole', parameters)
    .filter(({ Action }) => Action.some((action) => decided.test(action)))
    .map(({ Action, Resource }) => [Action, Resource]);
}

const submitTo = (target: string) => [
  ['redshift-data:BatchExecuteStatement', 'redshift-data:ExecuteStatement'],
  target,
];

describe('the role around statements', () => {
  it('reads the secret, and no credentials, on a cluster with a secret', () => {
    expect(targetPermissions({ ...onCluster, secretArn: SECRET })).toEqual([
      submitTo(`${REDSHIFT}:cluster:mart`),
      [['secretsmanager:GetSecretValue'], SECRET],
    ]);
  });

  it('also uses the key of a secret that has one of its own', () => {
    expect(targetPermissions({ ...onCluster, secretArn: SECRET, secretKmsKeyArn: KEY })).toContainEqual([
      ['kms:Decrypt'],
      KEY,
    ]);
  });

  it('gets credentials of one user for one database on a cluster with a database user', () => {
    expect(targetPermissions({ ...onCluster, dbUser: 'runtime' })).toEqual([
      submitTo(`${REDSHIFT}:cluster:mart`),
      [
        ['redshift:GetClusterCredentials'],
        [`${REDSHIFT}:dbuser:mart/runtime`, `${REDSHIFT}:dbname:mart/dev`],
      ],
    ]);
  });

  it('gets its own credentials for one database on a cluster with IAM', () => {
    expect(targetPermissions(onCluster)).toEqual([
      submitTo(`${REDSHIFT}:cluster:mart`),
      [['redshift:GetClusterCredentialsWithIAM'], `${REDSHIFT}:dbname:mart/dev`],
    ]);
  });

  it('reads the secret on a workgroup with a secret', () => {
    expect(targetPermissions({ ...onWorkgroup, secretArn: SECRET })).toEqual([
      submitTo(WORKGROUP_ARN),
      [['secretsmanager:GetSecretValue'], SECRET],
    ]);
  });

  it('gets its own credentials on a workgroup with IAM', () => {
    expect(targetPermissions(onWorkgroup)).toEqual([
      submitTo(WORKGROUP_ARN),
      [['redshift-serverless:GetCredentials'], WORKGROUP_ARN],
    ]);
  });
});

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
});
