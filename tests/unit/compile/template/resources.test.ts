import { describe, expect, it } from 'vitest';
import type { Stage } from '../../../../src/compile/stage/stage.ts';
import { compileResources } from '../../../../src/compile/template/resources.ts';
import { definePipeline } from '../../../../src/definition/define-pipeline.ts';
import type { Pipeline } from '../../../../src/definition/pipeline.ts';
import { lintTemplate } from '../../../fixtures/package/cloudformation/lint.ts';
import { ofType, type Template, toTemplate } from '../../../fixtures/package/cloudformation/template.ts';
import { orders } from '../../../fixtures/pipeline.ts';
import { CHAT_PARAMETERS, CLUSTER_PARAMETERS, testStage } from '../../../fixtures/stage.ts';

const SETTINGS = { FullLoadSettings: { TargetTablePrepMode: 'TRUNCATE_BEFORE_LOAD' } };

/** A chain of steps, each with one beside it that nothing waits for: its branches nest as deep as it is long. */
function branching(steps: number): Pipeline {
  const chain = Array.from({ length: steps / 2 }, (_, index) => {
    const after = index === 0 ? [] : [`Load_${index - 1}`];
    return [
      [`Load_${index}`, { call: 'mart.sp_load', after }],
      [`Aside_${index}`, { call: 'mart.sp_aside', after }],
    ];
  });
  const [tasks, stagedTables] = [['orders-task'], ['mart.s']] as const;
  return definePipeline({
    name: 'load-orders',
    tasks,
    stagedTables,
    steps: Object.fromEntries(chain.flat()),
  });
}

/** Everything that a stage has beside its functions. */
function templateOf(stage: Stage, tableMappings: unknown = {}): Template {
  const taskFiles = { tableMappings, settings: SETTINGS };
  const { definitionFiles: _, ...groups } = compileResources(stage, taskFiles);
  return toTemplate(Object.assign({}, ...Object.values(groups)));
}

describe('the resources of a stage', () => {
  it('are refused when a pipeline empties a staged table of another', () => {
    const eats = definePipeline({
      name: 'eat-orders',
      tasks: ['orders-task'],
      stagedTables: ['mart.Orders_stg'],
      steps: { Eat: { call: 'mart.sp_eat', consumes: ['mart.orders_stg'] } },
    });

    expect(() => templateOf(testStage(CLUSTER_PARAMETERS, [orders, eats]))).toThrow(
      'pipeline "eat-orders": steps.Eat.consumes: mart.orders_stg is also a staged table of pipeline "load-orders", which would find it empty',
    );
  });

  it('are what CloudFormation’s schema asks for, whatever is created', () => {
    const everything = {
      ...CLUSTER_PARAMETERS,
      dmsTasks: {},
      dmsReplicationInstanceArn: 'arn:aws:dms:eu-central-1:123456789012:rep:R',
      dmsSourceEndpointArn: 'arn:aws:dms:eu-central-1:123456789012:endpoint:S',
      dmsTargetEndpointArn: 'arn:aws:dms:eu-central-1:123456789012:endpoint:T',
      notificationEmail: 'elt@example.com',
      alarmTopicArn: 'arn:aws:sns:eu-central-1:999999999999:pager',
      ...CHAT_PARAMETERS,
    };

    const template = templateOf(testStage(everything), { rules: [] });

    expect(lintTemplate(template)).toEqual([]);
    expect(Object.keys(template.Resources)).toEqual(
      expect.arrayContaining(['FullLoadTask', 'NotificationSubscription', 'SlackChannel', 'TeamsChannel']),
    );
  });

  it('create a task with the settings of its file', () => {
    const given = {
      ...CLUSTER_PARAMETERS,
      dmsTasks: {},
      dmsReplicationInstanceArn: 'arn:aws:dms:eu-central-1:123456789012:rep:R',
      dmsSourceEndpointArn: 'arn:aws:dms:eu-central-1:123456789012:endpoint:S',
      dmsTargetEndpointArn: 'arn:aws:dms:eu-central-1:123456789012:endpoint:T',
    };

    const [[, task] = ['', {}]] = ofType(templateOf(testStage(given)), 'AWS::DMS::ReplicationTask');

    expect(task).toMatchObject({ MigrationType: 'full-load', ResourceIdentifier: 'orders-task-test' });
    expect(JSON.parse(String(task.ReplicationTaskSettings))).toMatchObject({
      FullLoadSettings: { TargetTablePrepMode: 'TRUNCATE_BEFORE_LOAD' },
    });
  });

  it('keep machines that are taken out, but not those of a deployment that failed; log them with or without data, and trace them', () => {
    const template = templateOf(testStage({ ...CLUSTER_PARAMETERS, logExecutionData: 'false' }));
    const machine = template.Resources.LoadOrdersStateMachine;

    expect(machine).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
    expect(machine?.Properties).toMatchObject({
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
      TracingConfiguration: { Enabled: true },
    });
    expect(template.Resources.StateMachineLogGroup?.Properties).toMatchObject({
      LogGroupName: '/aws/vendedlogs/states/elt-test',
    });
  });

  it.each([
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['us-isof-south-1', 'aws-iso-f'],
    ['eu-isoe-west-1', 'aws-iso-e'],
    ['eusc-de-east-1', 'aws-eusc'],
    ['eu-central-1', 'aws'],
  ])('invoke functions in the partition of %s, %s', (region, partition) => {
    const template = templateOf({ ...testStage(), region });

    const integrations = JSON.stringify(template).match(/arn:[\w-]+:states:::[\w:]+/g);

    expect(new Set(integrations)).toEqual(new Set([`arn:${partition}:states:::lambda:invoke`]));
  });

  it('have their definitions in the bucket where one is too large as CloudFormation would send it', () => {
    const filesOf = (steps: number) =>
      compileResources(testStage(undefined, [branching(steps)]), undefined).definitionFiles;

    expect(filesOf(20)).toEqual([]);
    expect(filesOf(58)).toHaveLength(1);
  });

  it('refuse more pipelines than a stack has room for', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ ...orders, name: `load-${index}` }));

    expect(() => templateOf(testStage(undefined, many(120)))).not.toThrow();
    expect(() => templateOf(testStage(undefined, many(160)))).toThrow(
      /^160 pipelines need 5\d\d resources, but CloudFormation allows 500 in a stack: deploy some of them as another service$/,
    );
  });

  it('refuse more DMS tasks than the managed policies of a role have room for', () => {
    const tasks = Array.from(
      { length: 90 },
      (_, index) => `full-load-of-a-subject-area-with-a-long-name-${index}`,
    );
    const pipelines = Array.from({ length: 12 }, (_, index) => ({
      ...orders,
      name: `load-${index}`,
      tasks: tasks.map((task) => `${task}-${index}`),
    }));
    const all = pipelines.flatMap((pipeline) => pipeline.tasks);
    const dmsTasks = Object.fromEntries(
      all.map((task) => [task, `arn:aws:dms:eu-central-1:123456789012:task:${task}`]),
    );

    expect(() => templateOf(testStage({ ...CLUSTER_PARAMETERS, dmsTasks }, pipelines))).toThrow(
      /^the pipelines and their DMS tasks need \d+ managed policies for StatementRole, but IAM allows 10: /,
    );
  });

  it('leave a topic that is given to its owner', () => {
    const notificationTopicArn = 'arn:aws:sns:eu-central-1:123456789012:ours';
    const template = templateOf(testStage({ ...CLUSTER_PARAMETERS, notificationTopicArn }));

    expect(ofType(template, 'AWS::SNS::Topic')).toEqual([]);
    for (const [, { AlarmActions }] of ofType(template, 'AWS::CloudWatch::Alarm')) {
      expect(AlarmActions).toEqual([notificationTopicArn]);
    }
  });

  it('refuse pipelines whose names differ in hyphens only', () => {
    const alike = definePipeline({
      name: 'load-2b',
      tasks: ['orders-task'],
      stagedTables: ['mart.s'],
      steps: { A: { call: 'mart.a' } },
    });

    expect(() => templateOf(testStage(undefined, [alike, { ...alike, name: 'load2b' }]))).toThrow(
      'pipeline "load2b": its name differs from "load-2b" only by a hyphen',
    );
  });
});
