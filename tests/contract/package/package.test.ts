import validate from 'asl-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStage } from '../../../src/compile/stage/stage.ts';
import { readStageParameters } from '../../../src/compile/stage/stage-parameters.ts';
import { DEADLINE_MACHINE } from '../../../src/compile/template/deadlines.ts';
import { FUNCTION_ROLES } from '../../../src/compile/template/function-permissions.ts';
import { compileResources, FRAMEWORK_RESOURCES } from '../../../src/compile/template/resources.ts';
import type { Pipeline } from '../../../src/definition/pipeline.ts';
import { localTaskArn } from '../../../src/local-stage/local-stage.ts';
import { pipelines as listed } from '../../../src/pipelines/index.ts';
import { lintTemplate } from '../../fixtures/package/cloudformation/lint.ts';
import {
  circularDependencies,
  danglingReferences,
  redundantDependencies,
} from '../../fixtures/package/cloudformation/references.ts';
import { ofType, resolve, type Template } from '../../fixtures/package/cloudformation/template.ts';
import { localTasks, packageService } from '../../fixtures/package/packaged-service.ts';
import { copyProject, type ProjectCopy } from '../../fixtures/package/project-copy.ts';
import { expectMadeAtOnce } from './package-made-at-once.ts';
import { describePackageNames } from './package-names.ts';
import { describePackageRules } from './package-rules.ts';
import { describePackageSettings } from './package-settings.ts';
import { CLUSTER_AND_USER, expectTarget } from './package-target.ts';

/** A pipeline as a user adds one. */
const STOCK = `
  import { definePipeline } from '../definition/define-pipeline.ts';

  export const added = [
    definePipeline({
      name: 'load-stock',
      tasks: ['stock-task'],
      stagedTables: ['mart.stock_stg'],
      deadline: { at: '06:30', timezone: 'Europe/Berlin', warnMinutes: 20 },
      steps: { Load_Stock: { call: 'mart.sp_load_stock' } },
    }),
  ];
`;

let project: ProjectCopy;
let pipelines: readonly Pipeline[];
let parameters: Readonly<Record<string, string>>;
let template: Template;

beforeAll(async () => {
  project = await copyProject();
  await project.bundleOwnCodeOnly();
  pipelines = [...(await project.addPipelines('stock.ts', STOCK)), ...listed];
  parameters = { dmsTasks: localTasks(pipelines), ...CLUSTER_AND_USER.parameters };
  const service = await packageService(project.folder, parameters);
  await service.remove();
  template = service.template;
});

afterAll(() => project.remove());

const allMachines = () => ofType(template, 'AWS::StepFunctions::StateMachine');
/** Those of the pipelines. */
const machines = () => allMachines().filter(([id]) => id !== DEADLINE_MACHINE);

describe('the packaged template', () => {
  it('has the permissions that a cluster and a database user take, exactly', () => {
    expectTarget(template, CLUSTER_AND_USER);
  });

  it('is what CloudFormation’s current schema asks for', () => {
    expect(lintTemplate(template)).toEqual([]);
  });

  it('has beside what is compiled as many resources of the framework as are counted with it', () => {
    const named = { service: 'redshift-elt', stage: 'local', region: 'us-east-1' };
    const stage = createStage({ ...named, pipelines, parameters: readStageParameters(parameters) });
    const { definitionFiles: _, ...groups } = compileResources(stage, undefined);
    const compiled = new Set(Object.values(groups).flatMap((group) => Object.keys(group)));

    const others = Object.keys(template.Resources).filter((id) => !compiled.has(id));

    expect(others).toHaveLength(FRAMEWORK_RESOURCES);
    expect(others.length + compiled.size).toBe(Object.keys(template.Resources).length);
  });

  it('has the functions and log groups that npm run plan makes without the framework', () => {
    expectMadeAtOnce(template, parameters, pipelines);
  });

  it('refers to nothing that it does not have, nothing to itself, and to nothing twice', () => {
    expect(danglingReferences(template)).toEqual([]);
    expect(redundantDependencies(template)).toEqual([]);
    expect(circularDependencies(template)).toEqual([]);
  });

  it('has a valid state machine for every pipeline, its name with the stage behind it', () => {
    expect(machines().map(([, { StateMachineName }]) => StateMachineName)).toEqual(
      pipelines.map(({ name }) => `${name}-local`),
    );
    for (const [, { Definition }] of allMachines())
      expect(validate(Definition as object).errorsText()).toBe('');
  });

  it('shows a pipeline that was added as machine, in rules and permissions, and as alarms', () => {
    const ids = Object.keys(template.Resources).filter((id) => id.startsWith('LoadStock'));
    const mentions = (id: string) => JSON.stringify(resolve(template.Resources[id]?.Properties ?? {}));

    expect(ids).toEqual(['LoadStockStateMachine', 'LoadStockFailedAlarm', 'LoadStockMissingAlarm']);
    for (const rule of ['LoadFinishedRule', 'LoadFailedRule']) {
      expect(mentions(rule), rule).toContain(localTaskArn('stock-task'));
    }
    for (const id of ['RunStoppedRule', 'RunEndedRule', 'StartRunRole', 'StatementRole']) {
      expect(mentions(id), id).toContain(':states:us-east-1:000000000000:stateMachine:load-stock-local');
    }
    for (const id of ['StatementRole', 'NotifyRole']) {
      expect(mentions(id), id).toContain(':states:us-east-1:000000000000:execution:load-stock-local:*');
    }
  });

  it('substitutes every placeholder of a definition by a function that the machines may invoke, and no other', () => {
    for (const [, { Definition, DefinitionSubstitutions }] of machines()) {
      const placeholders = JSON.stringify(Definition).matchAll(/\$\{(\w+)\}/g);
      const names = [...placeholders].map(([, name = '']) => name);

      expect(new Set(Object.keys(DefinitionSubstitutions as object))).toEqual(new Set(names));
    }
    const invoked = machines().flatMap(([, { DefinitionSubstitutions }]) =>
      Object.values(DefinitionSubstitutions as object),
    );
    const [role] = Object.entries(template.Resources).filter(([id]) => id === 'StateMachineRole');
    const allowed = JSON.stringify(role?.[1].Properties?.Policies);

    for (const arn of invoked) expect(allowed).toContain(JSON.stringify(arn));
    expect(allowed.match(/LambdaFunction/g)).toHaveLength(
      new Set(invoked.map((arn) => JSON.stringify(arn))).size,
    );
  });

  it('lets every rule invoke its function, with a dead-letter queue that takes its events', () => {
    const permissions = ofType(template, 'AWS::Lambda::Permission').map(([, properties]) => properties);
    const [[, queuePolicy] = ['', {}]] = ofType(template, 'AWS::SQS::QueuePolicy');

    for (const [id, { Targets }] of ofType(template, 'AWS::Events::Rule')) {
      const rule = { 'Fn::GetAtt': [id, 'Arn'] };
      expect(Targets).toMatchObject([
        { DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['DeadLetterQueue', 'Arn'] } } },
      ]);
      expect(permissions).toContainEqual({
        Action: 'lambda:InvokeFunction',
        FunctionName: (Targets as readonly { Arn: unknown }[])[0]?.Arn,
        Principal: 'events.amazonaws.com',
        SourceArn: rule,
      });
      expect(JSON.stringify(queuePolicy)).toContain(JSON.stringify(rule));
    }
  });

  it('gives every function the role that its permissions are in, and its own log group', () => {
    const roles = Object.entries(FUNCTION_ROLES).flatMap(([role, names]) =>
      names.map((name) => [name, role]),
    );
    const given = ofType(template, 'AWS::Lambda::Function').map(([, { FunctionName, Role }]) => [
      String(FunctionName).replace('redshift-elt-local-', ''),
      (Role as { 'Fn::Sub': string })['Fn::Sub'].match(/^\$\{(\w+)\.Arn\}$/)?.[1],
    ]);

    expect(given.toSorted()).toEqual(roles.toSorted());
  });
});

describePackageNames(() => template);
describePackageRules(() => template);
describePackageSettings(() => template);
