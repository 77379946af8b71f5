import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pipelines } from '../../../src/pipelines/index.ts';
import { localTasks, packageService, packagingError } from '../../fixtures/package/packaged-service.ts';
import { copyProject, type ProjectCopy } from '../../fixtures/package/project-copy.ts';
import {
  CLUSTER_AND_IAM,
  CLUSTER_AND_SECRET,
  expectTarget,
  type PackageTarget,
  WORKGROUP_AND_IAM,
} from './package-target.ts';

const TARGETS: [string, PackageTarget][] = [
  ['a cluster and a secret with a key of its own', CLUSTER_AND_SECRET],
  ['a cluster and IAM', CLUSTER_AND_IAM],
  ['a workgroup and IAM', WORKGROUP_AND_IAM],
];

let project: ProjectCopy;

/** The other two ways to Redshift are those of package.test.ts and package-limits.test.ts, which package for them anyway. */
describe('the package', () => {
  beforeAll(async () => {
    project = await copyProject();
    await project.bundleOwnCodeOnly();
  });

  afterAll(() => project.remove());

  it.each(TARGETS)('for %s has the permissions that it takes, exactly', async (_, target) => {
    const { template, remove } = await packageService(project.folder, {
      dmsTasks: localTasks(pipelines),
      ...target.parameters,
    });
    await remove();

    expectTarget(template, target);
  });
});

describe('packaging', () => {
  it('stops with one line that names the parameters which are missing or malformed', async () => {
    const said = await packagingError(['--stage', 'empty', '--param=alarmThrottles=many']);

    const lines = said.split('\n').filter((line) => line.includes('parameter'));
    expect(lines).toEqual([
      expect.stringMatching(
        /^parameter database: is missing.*; parameter clusterIdentifier: is missing.*; parameter alarmThrottles: must be a whole number/,
      ),
    ]);
  });
});
