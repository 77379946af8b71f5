import { beforeAll, describe, expect, it } from 'vitest';
import { longestJson } from '../../../src/compile/cloudformation.ts';
import { compileResources, type StageResources } from '../../../src/compile/resources.ts';
import { definePipeline } from '../../../src/definition/define-pipeline.ts';
import { circularDependencies } from '../../fixtures/cloudformation/references.ts';
import { ofType, type Template, toTemplate } from '../../fixtures/cloudformation/template.ts';
import { CLUSTER_PARAMETERS, testStage } from '../../fixtures/stage.ts';

/** What the framework adds for the functions: their resources, log groups, and the bucket. */
const FRAMEWORK_RESOURCES = 20;
const FRAMEWORK_BYTES = 12_000;

/** A hundred pipelines of ten steps, each with a task of its own and with names as long as they come. */
const pipelines = Array.from({ length: 100 }, (_, index) =>
  definePipeline({
    name: `load-a-subject-area-whose-name-is-rather-long-number-${index}`,
    tasks: [`full-load-of-subject-area-${index}`],
    stagedTables: ['mart.orders_stg'],
    steps: Object.fromEntries(
      Array.from({ length: 10 }, (_, step) => [
        `Load_Dimension_Number_${step}`,
        { call: 'mart.sp_load_something', after: step === 0 ? [] : [`Load_Dimension_Number_${step - 1}`] },
      ]),
    ),
  }),
);
const dmsTasks = Object.fromEntries(
  pipelines.map(({ tasks: [task = ''] }, index) => [
    task,
    `arn:aws:dms:eu-central-1:123456789012:task:ABCDEFGHIJKLMNOPQRSTUVWX${index}`,
  ]),
);

let compiled: StageResources;
let template: Template;

describe('a hundred pipelines of ten steps', () => {
  beforeAll(() => {
    compiled = compileResources(testStage({ ...CLUSTER_PARAMETERS, dmsTasks }, pipelines), undefined);
    const { definitionFiles: _, ...groups } = compiled;
    template = toTemplate(Object.assign({}, ...Object.values(groups)));
  });

  it('have a template of less than 500 resources and 1 MB', () => {
    const bytes = JSON.stringify(template).length + FRAMEWORK_BYTES;

    expect(Object.keys(template.Resources).length + FRAMEWORK_RESOURCES).toBeLessThanOrEqual(500);
    expect(bytes).toBeLessThan(1_000_000);
    expect(circularDependencies(template)).toEqual([]);
  });

  it('have their definitions in the deployment bucket, each within the limit of a state machine', () => {
    const machines = ofType(template, 'AWS::StepFunctions::StateMachine');
    const keys = machines.map(
      ([, { DefinitionS3Location }]) => (DefinitionS3Location as { Key: string }).Key,
    );

    expect(machines).toHaveLength(100);
    expect(keys).toEqual(compiled.definitionFiles.map(({ key }) => key));
    expect(new Set(keys).size).toBe(100);
    // What `sls remove` empties, without which it cannot delete the bucket.
    for (const key of keys) expect(key).toMatch(/^serverless\/elt\/test\/definitions\/[\w-]+\.json$/);
    for (const { body } of compiled.definitionFiles) expect(body.length).toBeLessThan(1_048_576);
  });

  it('have rules whose patterns stay below 2,048 characters, and every task and machine in one of each kind', () => {
    const rules = ofType(template, 'AWS::Events::Rule');
    const patterns = rules.flatMap(([, { EventPattern }]) =>
      EventPattern === undefined ? [] : [longestJson(EventPattern)],
    );

    for (const pattern of patterns) expect(pattern.length).toBeLessThanOrEqual(2_048);
    for (const arn of Object.values(dmsTasks)) {
      expect(patterns.filter((pattern) => pattern.includes(`"${arn}"`))).toHaveLength(2);
    }
    for (const { name } of pipelines) {
      expect(patterns.filter((pattern) => pattern.includes(`:${name}-test"`))).toHaveLength(2);
    }
  });

  it('have roles within 10,240 characters of inline policies and ten managed policies of 6,144', () => {
    const managed = ofType(template, 'AWS::IAM::ManagedPolicy').map(([, properties]) => properties);

    for (const [id, { Policies }] of ofType(template, 'AWS::IAM::Role')) {
      const attached = managed.filter(({ Roles }) => JSON.stringify(Roles) === JSON.stringify([{ Ref: id }]));
      expect(longestJson(Policies).length, id).toBeLessThanOrEqual(10_240);
      expect(attached.length, id).toBeLessThanOrEqual(10);
    }
    for (const { PolicyDocument } of managed)
      expect(longestJson(PolicyDocument).length).toBeLessThanOrEqual(6_144);
  });

  it('lose no permission on the way to managed policies', () => {
    const policies = JSON.stringify(template);

    for (const { name } of pipelines) {
      // Start and list, by start-run and by the role around statements; describe, by these and by notify-outcome.
      expect(policies.split(`:stateMachine:${name}-test"`).length - 1, name).toBe(2 + 2);
      expect(policies.split(`:execution:${name}-test:*"`).length - 1, name).toBe(3);
    }
  });

  it('have function policies within 20 KB and an environment that does not grow with them', () => {
    const permissions = ofType(template, 'AWS::Lambda::Permission');
    const byFunction = Map.groupBy(permissions, ([, { FunctionName }]) => JSON.stringify(FunctionName));

    // A statement of a function's policy, with its ids and ARNs, has about 400 characters.
    for (const [name, list] of byFunction) expect(list.length * 400, name).toBeLessThan(20_480);
  });
});
