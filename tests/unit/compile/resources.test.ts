import { describe, expect, it } from 'vitest';
import { compileResources } from '../../../src/compile/resources.ts';
import type { Stage } from '../../../src/compile/stage.ts';
import { definePipeline } from '../../../src/definition/define-pipeline.ts';
import { lintTemplate } from '../../fixtures/cloudformation/lint.ts';
import { ofType, type Template, toTemplate } from '../../fixtures/cloudformation/template.ts';
import { ORDERS_TASK_ARN } from '../../fixtures/pipeline.ts';
import { CLUSTER_PARAMETERS, testStage } from '../../fixtures/stage.ts';

/** Everything that a stage has beside its functions. */
function templateOf(stage: Stage, tableMappings: unknown = {}): Template {
  const { definitionFiles: _, ...groups } = compileResources(stage, tableMappings);
  return toTemplate(Object.assign({}, ...Object.values(groups)));
}

describe('the resources of a stage', () => {
  it('are what CloudFormation’s schema asks for, whatever is created', () => {
    const everything = {
      ...CLUSTER_PARAMETERS,
      dmsTasks: {},
      dmsReplicationInstanceArn: 'arn:aws:dms:eu-central-1:123456789012:rep:R',
      dmsSourceEndpointArn: 'arn:aws:dms:eu-central-1:123456789012:endpoint:S',
      dmsTargetEndpointArn: 'arn:aws:dms:eu-central-1:123456789012:endpoint:T',
      notificationEmail: 'elt@example.com',
    };

    const template = templateOf(testStage(everything), { rules: [] });

    expect(lintTemplate(template)).toEqual([]);
    expect(Object.keys(template.Resources)).toEqual(
      expect.arrayContaining(['FullLoadTask', 'NotificationSubscription']),
    );
  });

  it('create a task that leaves no row out without a word', () => {
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
      ErrorBehavior: {
        DataErrorPolicy: 'SUSPEND_TABLE',
        DataTruncationErrorPolicy: 'SUSPEND_TABLE',
        TableErrorPolicy: 'SUSPEND_TABLE',
      },
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

  it('invoke functions in the partition that the DMS tasks are in', () => {
    const dmsTasks = { 'orders-task': ORDERS_TASK_ARN.replace('arn:aws:', 'arn:aws-cn:') };
    const template = templateOf(testStage({ ...CLUSTER_PARAMETERS, dmsTasks }));

    const integrations = JSON.stringify(template).match(/arn:[\w-]+:states:::[\w:]+/g);

    expect(new Set(integrations)).toEqual(new Set(['arn:aws-cn:states:::lambda:invoke']));
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
      'pipeline "load2b": its name differs from "load-2b" in a hyphen only',
    );
  });
});
