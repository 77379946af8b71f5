import { describe, expect, it } from 'vitest';
import { chooseTarget, type MigrateTargetFlags } from '../../../src/migrations/choose-target.ts';

const SECRET = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:elt-AbCdEf';
const CLUSTER = { clusterIdentifier: 'reports', database: 'dev' };

const choose = (values: Readonly<Record<string, string>>, flags: MigrateTargetFlags = {}) =>
  chooseTarget(flags, { stage: 'dev', values }, 'owner');

describe('chooseTarget', () => {
  it('migrates as the owner where the stage’s pipelines run as a database user', () => {
    expect(choose({ ...CLUSTER, dbUser: 'runtime' })).toEqual({ ...CLUSTER, dbUser: 'owner' });
  });

  it('refuses the stage’s secret, which is that of the user who runs, unless another is given or that user is named', () => {
    const values = { ...CLUSTER, secretArn: SECRET };

    expect(() => choose(values)).toThrow(
      expect.objectContaining({
        name: 'InvalidConfig',
        message: expect.stringMatching(
          /^parameter secretArn: the secret of stage dev holds the user who runs .*--secret-arn .*--runtime-user [^\n]*$/,
        ),
      }),
    );
    expect(choose(values, { runtimeUser: 'loader' })).toEqual(values);
    expect(choose(values, { secretArn: `${SECRET.slice(0, -6)}GhIjKl` })).toEqual({
      ...CLUSTER,
      secretArn: `${SECRET.slice(0, -6)}GhIjKl`,
    });
    expect(choose(values, { secretArn: SECRET })).toEqual(values);
  });

  it('migrates by IAM where there is neither', () => {
    expect(choose({ workgroupName: 'reports', database: 'dev' })).toEqual({
      workgroupName: 'reports',
      database: 'dev',
    });
  });

  it('takes what flags say instead, warehouse, database and user each by itself', () => {
    const values = { ...CLUSTER, secretArn: SECRET };

    expect(choose(values, { dbUser: 'admin' })).toEqual({ ...CLUSTER, dbUser: 'admin' });
    expect(choose(values, { database: 'test', runtimeUser: 'loader' })).toEqual({
      ...values,
      database: 'test',
    });
    expect(choose(values, { workgroupName: 'other', runtimeUser: 'loader' })).toEqual({
      workgroupName: 'other',
      database: 'dev',
      secretArn: SECRET,
    });
  });

  it.each([
    [
      'no warehouse',
      {},
      /^parameter clusterIdentifier: is missing: set it, or workgroupName, under params.dev/,
    ],
    ['no database', { clusterIdentifier: 'reports' }, /^parameter database: is missing/],
    [
      'a malformed cluster',
      { ...CLUSTER, clusterIdentifier: 'Reports' },
      /^parameter clusterIdentifier: must be a cluster identifier/,
    ],
    [
      'a malformed workgroup',
      { workgroupName: 'A!', database: 'dev' },
      /^parameter workgroupName: must be a workgroup name/,
    ],
    [
      'a malformed secret',
      { ...CLUSTER, secretArn: 'elt' },
      /^parameter secretArn: must be the ARN of a Secrets Manager secret/,
    ],
    [
      'both warehouses',
      { ...CLUSTER, workgroupName: 'reports' },
      /^parameter workgroupName: cannot be set together with clusterIdentifier/,
    ],
    [
      'both users',
      { ...CLUSTER, secretArn: SECRET, dbUser: 'runtime' },
      /^parameter dbUser: cannot be set together with secretArn/,
    ],
    [
      'a user of a workgroup',
      { workgroupName: 'reports', database: 'dev', dbUser: 'x' },
      /^parameter dbUser: cannot be set for a workgroup/,
    ],
    [
      'a variable',
      { ...CLUSTER, database: '$'.concat('{env:DATABASE}') },
      /^parameter database: "\$\{env:DATABASE\}" is not resolved here: pass --database$/,
    ],
  ])('refuses %s in one line that names the parameter', (_, values, message) => {
    expect(() => choose(values as Record<string, string>)).toThrow(message);
  });

  it('leaves the user of the stage’s cluster out where another flag names a workgroup', () => {
    expect(choose({ ...CLUSTER, dbUser: 'runtime' }, { workgroupName: 'other' })).toEqual({
      workgroupName: 'other',
      database: 'dev',
    });
  });
});
