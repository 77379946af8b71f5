import type { Stage } from '../stage/stage.ts';
import { stageName } from '../stage/stage-names.ts';
import { getArn, type Resource, type Resources } from './cloudformation.ts';
import { topicArn } from './notification-topic.ts';
import { compileRole } from './policy.ts';

/**
 * The channels that show the stage's messages, and the role that they share. A stage that names no channel has nothing of it.
 * https://docs.aws.amazon.com/chatbot/latest/adminguide/what-is.html
 */
export function compileChatChannels(stage: Stage): Resources {
  const channels: Resources = { ...slackChannel(stage), ...teamsChannel(stage) };
  if (Object.keys(channels).length === 0) return {};
  const role = compileRole('ChatRole', {
    service: 'chatbot.amazonaws.com',
    description: `${stage.service} ${stage.stage}: chat channels, which show messages and may do nothing`,
    statements: [],
  });
  return { ...role, ...channels };
}

function slackChannel(stage: Stage): Resources {
  const { slackWorkspaceId, slackChannelId } = stage.parameters;
  if (slackWorkspaceId === undefined || slackChannelId === undefined) return {};
  return {
    SlackChannel: {
      Type: 'AWS::Chatbot::SlackChannelConfiguration',
      Properties: {
        ...channel(stage, 'slack'),
        SlackWorkspaceId: slackWorkspaceId,
        SlackChannelId: slackChannelId,
      },
    },
  };
}

function teamsChannel(stage: Stage): Resources {
  const { teamsTenantId, teamsTeamId, teamsChannelId } = stage.parameters;
  if (teamsTenantId === undefined || teamsTeamId === undefined || teamsChannelId === undefined) return {};
  return {
    TeamsChannel: {
      Type: 'AWS::Chatbot::MicrosoftTeamsChannelConfiguration',
      Properties: {
        ...channel(stage, 'teams'),
        TeamsTenantId: teamsTenantId,
        TeamId: teamsTeamId,
        TeamsChannelId: teamsChannelId,
      },
    },
  };
}

/**
 * What every channel has. The role allows nothing, and the guardrail lets members of the channel do nothing with another role either.
 * Without a guardrail AWS would take AdministratorAccess for one.
 */
function channel(stage: Stage, kind: string): Resource {
  return {
    ConfigurationName: stageName(stage, kind),
    IamRoleArn: getArn('ChatRole'),
    SnsTopicArns: [topicArn(stage)],
    GuardrailPolicies: [{ 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/AWSDenyAll` }],
    LoggingLevel: 'ERROR',
  };
}
