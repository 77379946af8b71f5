import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { longestJson } from '../../../src/compile/template/cloudformation.ts';
import type { Pipeline } from '../../../src/definition/pipeline.ts';
import { localTaskArn } from '../../../src/local-stage/local-stage.ts';
import { pipelines as listed } from '../../../src/pipelines/index.ts';
import {
  circularDependencies,
  danglingReferences,
} from '../../fixtures/package/cloudformation/references.ts';
import { ofType, type Template } from '../../fixtures/package/cloudformation/template.ts';
import { type PackagedService, packageService } from '../../fixtures/package/packaged-service.ts';
import { copyProject, type ProjectCopy } from '../../fixtures/package/project-copy.ts';
import { expectTarget, WORKGROUP_AND_SECRET } from './package-target.ts';

/** A hundred pipelines of ten steps, each with a task of its own and with names as long as they come. */
const SUBJECT_AREAS = `
  import { definePipeline } from '../definition/define-pipeline.ts';

  export const added = Array.from({ length: 100 }, (_, index) =>
    definePipeline({
      name: \`load-a-subject-area-whose-name-is-rather-long-number-\${index}\`,
      tasks: [\`full-load-of-subject-area-\${index}\`],
      stagedTables: ['mart.orders_stg'],
      steps: Object.fromEntries(
        Array.from({ length: 10 }, (_, step) => [
          \`Load_Dimension_Number_\${step}\`,
          { call: 'mart.sp_load_something', after: step === 0 ? [] : [\`Load_Dimension_Number_\${step - 1}\`] },
        ]),
      ),
    }),
  );
`;

let project: ProjectCopy;
let service: PackagedService;
let template: Template;
let pipelines: readonly Pipeline[];
let taskArns: readonly string[];

describe('the package of a hundred pipelines of ten steps more', () => {
  beforeAll(async () => {
    project = await copyProject();
    await project.bundleOwnCodeOnly();
    pipelines = [...listed, ...(await project.addPipelines('subject-areas.ts', SUBJECT_AREAS))];
    const tasks = pipelines.flatMap(({ tasks }) => tasks).map((task) => [task, localTaskArn(task)]);
    taskArns = tasks.map(([, arn = '']) => arn);
    const dmsTasks = JSON.stringify(Object.fromEntries(tasks));
    service = await packageService(project.folder, { dmsTasks, ...WORKGROUP_AND_SECRET.parameters });
    template = service.template;
  });

  afterAll(async () => {
    await service.remove();
    await project.remove();
  });

  it('has the permissions that a workgroup and a secret take, exactly', () => {
    expectTarget(template, WORKGROUP_AND_SECRET);
  });

  it('is within 500 resources and 1 MB, and refers to what it has', () => {
    expect(Object.keys(template.Resources).length).toBeLessThanOrEqual(500);
    expect(service.templateBytes).toBeLessThan(1_000_000);
    expect(danglingReferences(template)).toEqual([]);
    expect(circularDependencies(template)).toEqual([]);
  });

  it('has definitions for the deployment bucket, each within the limit of a state machine', () => {
    const machines = ofType(template, 'AWS::StepFunctions::StateMachine');
    const keys = machines.map(
      ([, { DefinitionS3Location }]) => (DefinitionS3Location as { Key: string }).Key,
    );

    expect(machines).toHaveLength(pipelines.length);
    // What `sls remove` empties, without which it cannot delete the bucket.
    const folder = 'serverless/redshift-elt/local/definitions/';
    expect(keys.toSorted()).toEqual([...service.definitions.keys()].map((file) => folder + file).toSorted());
    for (const body of service.definitions.values()) expect(body.length).toBeLessThan(1_048_576);
  });

  it('has rules whose patterns stay below 2,048 characters, and every task and machine in one of each kind', () => {
    const rules = ofType(template, 'AWS::Events::Rule');
    const patterns = rules.flatMap(([, { EventPattern }]) =>
      EventPattern === undefined ? [] : [longestJson(EventPattern)],
    );

    for (const pattern of patterns) expect(pattern.length).toBeLessThanOrEqual(2_048);
    for (const arn of taskArns) {
      expect(patterns.filter((pattern) => pattern.includes(`"${arn}"`))).toHaveLength(2);
    }
    for (const { name } of pipelines) {
      expect(patterns.filter((pattern) => pattern.includes(`:${name}-local"`))).toHaveLength(2);
    }
  });

  it('has roles within 10,240 characters of inline policies and ten managed policies of 6,144', () => {
    const managed = ofType(template, 'AWS::IAM::ManagedPolicy');
    const attached: unknown[] = [];

    for (const [id, { Policies, ManagedPolicyArns = [] }] of ofType(template, 'AWS::IAM::Role')) {
      const arns = ManagedPolicyArns as readonly object[];
      expect(longestJson(Policies).length, id).toBeLessThanOrEqual(10_240);
      expect(arns.length, id).toBeLessThanOrEqual(10);
      attached.push(...arns);
    }
    expect(attached).toEqual(managed.map(([Ref]) => ({ Ref })));
    for (const [, { PolicyDocument }] of managed) {
      expect(longestJson(PolicyDocument).length).toBeLessThanOrEqual(6_144);
      // What functions log while a policy is changed would be lost.
      expect(longestJson(PolicyDocument)).not.toContain('"logs:');
    }
  });

  it('loses no permission on the way to managed policies', () => {
    const types = ['AWS::IAM::Role', 'AWS::IAM::ManagedPolicy'];
    const policies = JSON.stringify(types.flatMap((type) => ofType(template, type)));

    for (const { name } of pipelines) {
      // Start and list, by start-run and by the role around statements; describe, by these and by notify-outcome.
      expect(policies.split(`:stateMachine:${name}-local"`).length - 1, name).toBe(2);
      expect(policies.split(`:execution:${name}-local:*"`).length - 1, name).toBe(3);
    }
  });

  it('has function policies within 20 KB and environments within 4 KB', () => {
    const permissions = ofType(template, 'AWS::Lambda::Permission');
    const byFunction = Map.groupBy(permissions, ([, { FunctionName }]) => JSON.stringify(FunctionName));

    // A statement of a function's policy, with its ids and ARNs, has about 400 characters.
    for (const [name, list] of byFunction) expect(list.length * 400, name).toBeLessThan(20_480);
    for (const [id, { Environment }] of ofType(template, 'AWS::Lambda::Function')) {
      expect(JSON.stringify(Environment).length, id).toBeLessThan(4_096);
    }
  });
});
