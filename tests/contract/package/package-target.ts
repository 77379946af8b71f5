import { expect } from 'vitest';
import { lintTemplate } from '../../fixtures/package/cloudformation/lint.ts';
import {
  circularDependencies,
  danglingReferences,
} from '../../fixtures/package/cloudformation/references.ts';
import { permissionsOf } from '../../fixtures/package/cloudformation/role-permissions.ts';
import { ofType, type Template } from '../../fixtures/package/cloudformation/template.ts';

type Parameters = Readonly<Record<string, string>>;

const CLUSTER = 'arn:aws:redshift:us-east-1:000000000000:cluster:mart';
const DATABASE = 'arn:aws:redshift:us-east-1:000000000000:dbname:mart/dwh';
const USER = 'arn:aws:redshift:us-east-1:000000000000:dbuser:mart/loader';
const WORKGROUP = 'arn:aws:redshift-serverless:us-east-1:000000000000:workgroup/0b5d';
const SECRET = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:elt-AbCdEf';
const KEY = 'arn:aws:kms:us-east-1:000000000000:key/1234';

/** Takes away what serverless.yml says of the stage, and says another target. */
const withTarget = (parameters: Parameters) => ({
  ...{ clusterIdentifier: 'none', dbUser: 'none', database: 'dwh' },
  ...parameters,
});
const onCluster = (parameters: Parameters) => withTarget({ clusterIdentifier: 'mart', ...parameters });
const onWorkgroup = (parameters: Parameters) =>
  withTarget({ workgroupName: 'elt', workgroupArn: WORKGROUP, ...parameters });

/** A way to Redshift: its parameters, where statements go, what else the functions around them may do, and know. */
export interface PackageTarget {
  readonly parameters: Parameters;
  readonly submitTo: string;
  readonly session: Readonly<Record<string, readonly string[]>>;
  readonly environment: Parameters;
}

export const CLUSTER_AND_SECRET: PackageTarget = {
  parameters: onCluster({ secretArn: SECRET, secretKmsKeyArn: KEY }),
  submitTo: CLUSTER,
  session: { 'secretsmanager:GetSecretValue': [SECRET], 'kms:Decrypt': [KEY] },
  environment: { REDSHIFT_CLUSTER_IDENTIFIER: 'mart', REDSHIFT_SECRET_ARN: SECRET },
};

export const CLUSTER_AND_USER: PackageTarget = {
  parameters: onCluster({ dbUser: 'loader' }),
  submitTo: CLUSTER,
  session: { 'redshift:GetClusterCredentials': [USER, DATABASE] },
  environment: { REDSHIFT_CLUSTER_IDENTIFIER: 'mart', REDSHIFT_DB_USER: 'loader' },
};

export const CLUSTER_AND_IAM: PackageTarget = {
  parameters: onCluster({}),
  submitTo: CLUSTER,
  session: { 'redshift:GetClusterCredentialsWithIAM': [DATABASE] },
  environment: { REDSHIFT_CLUSTER_IDENTIFIER: 'mart' },
};

export const WORKGROUP_AND_SECRET: PackageTarget = {
  parameters: onWorkgroup({ secretArn: SECRET }),
  submitTo: WORKGROUP,
  session: { 'secretsmanager:GetSecretValue': [SECRET] },
  environment: { REDSHIFT_WORKGROUP_NAME: 'elt', REDSHIFT_SECRET_ARN: SECRET },
};

export const WORKGROUP_AND_IAM: PackageTarget = {
  parameters: onWorkgroup({}),
  submitTo: WORKGROUP,
  session: { 'redshift-serverless:GetCredentials': [WORKGROUP] },
  environment: { REDSHIFT_WORKGROUP_NAME: 'elt' },
};

/** What a session with Redshift may take, whichever way. */
const SESSION_ACTION = /^(?:redshift|redshift-serverless|secretsmanager|kms):/;
const ROLES_WITHOUT_SESSION = ['StartRunRole', 'NotifyRole', 'StateMachineRole'];

/** A package that gives exactly the permissions that its target takes, tells the functions of it, and is a valid template. */
export function expectTarget(template: Template, { submitTo, session, environment }: PackageTarget): void {
  expect(lintTemplate(template)).toEqual([]);
  expect(danglingReferences(template)).toEqual([]);
  expect(circularDependencies(template)).toEqual([]);
  const granted = resourcesByAction(template, 'StatementRole');
  const ofSession = Object.entries(granted).filter(([action]) => SESSION_ACTION.test(action));
  expect(Object.fromEntries(ofSession)).toEqual(session);
  expect(granted['redshift-data:ExecuteStatement']).toEqual([submitTo]);
  expect(granted['redshift-data:BatchExecuteStatement']).toEqual([submitTo]);
  for (const role of ROLES_WITHOUT_SESSION) {
    const actions = Object.keys(resourcesByAction(template, role));
    const toRedshift = actions.filter(
      (action) => /^redshift-data:/.test(action) || SESSION_ACTION.test(action),
    );
    expect(toRedshift, role).toEqual([]);
  }
  expect(targetEnvironment(template)).toEqual({ REDSHIFT_DATABASE: 'dwh', ...environment });
}

function resourcesByAction(template: Template, role: string): Readonly<Record<string, readonly string[]>> {
  const granted = permissionsOf(template, role).flatMap(({ actions, resources }) =>
    actions.map((action) => [action, resources] as const),
  );
  return Object.fromEntries(granted);
}

/** What start-run knows of Redshift: runs get their target from it. */
function targetEnvironment(template: Template): object {
  const [{ Variables } = { Variables: {} }] = ofType(template, 'AWS::Lambda::Function')
    .filter(([id]) => id === 'StartDashrunLambdaFunction')
    .map(([, { Environment }]) => Environment as { Variables: Readonly<Record<string, string>> });
  const known = Object.entries(Variables).filter(([name, value]) => /^REDSHIFT_/.test(name) && value !== '');
  return Object.fromEntries(known);
}
