import { describe, expect, it } from 'vitest';
import type { Stage } from '../../../../src/compile/stage/stage.ts';
import { compileResources } from '../../../../src/compile/template/resources.ts';
import { ofType, type Template, toTemplate } from '../../../fixtures/package/cloudformation/template.ts';
import { CHAT_PARAMETERS, CLUSTER_PARAMETERS, testStage } from '../../../fixtures/stage.ts';

function templateOf(stage: Stage): Template {
  const { definitionFiles: _, ...groups } = compileResources(stage, undefined);
  return toTemplate(Object.assign({}, ...Object.values(groups)));
}

describe('the resources of a stage that tells people', () => {
  it('have nothing of a chat that nobody asked for', () => {
    const template = templateOf(testStage());

    expect(JSON.stringify(template)).not.toMatch(/chat|slack|teams/i);
  });

  it('show the topic in the channels that are named, with a role that allows nothing', () => {
    const { slackWorkspaceId, slackChannelId } = CHAT_PARAMETERS;
    const onlySlack = templateOf(testStage({ ...CLUSTER_PARAMETERS, slackWorkspaceId, slackChannelId }));
    const both = templateOf(testStage({ ...CLUSTER_PARAMETERS, ...CHAT_PARAMETERS }));

    expect(Object.keys(onlySlack.Resources)).not.toContain('TeamsChannel');
    expect(both.Resources.ChatRole?.Properties).toEqual({
      Description: expect.stringContaining('elt test'),
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'chatbot.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      },
    });
    for (const id of ['SlackChannel', 'TeamsChannel']) {
      expect(both.Resources[id]?.Properties).toMatchObject({
        IamRoleArn: { 'Fn::GetAtt': ['ChatRole', 'Arn'] },
        SnsTopicArns: [{ Ref: 'NotificationTopic' }],
        GuardrailPolicies: [{ 'Fn::Sub': expect.stringContaining('policy/AWSDenyAll') }],
      });
    }
  });

  it('send alarms to the pager, too', () => {
    const alarmTopicArn = 'arn:aws:sns:eu-central-1:999999999999:pager';
    const template = templateOf(testStage({ ...CLUSTER_PARAMETERS, alarmTopicArn }));

    for (const [, { AlarmActions }] of ofType(template, 'AWS::CloudWatch::Alarm'))
      expect(AlarmActions).toEqual([{ Ref: 'NotificationTopic' }, alarmTopicArn]);
  });
});
