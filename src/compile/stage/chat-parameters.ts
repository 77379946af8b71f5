import * as z from 'zod';
import { text } from './text-parameters.ts';

const UUID = /^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/;

/**
 * Which channels of a chat get the stage's messages. The patterns are CloudFormation's:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Chatbot.html
 */
export const ChatParametersSchema = z
  .object({
    slackWorkspaceId: text()
      .regex(/^[0-9A-Z]{1,255}$/, 'must be the ID of a Slack workspace, like T0123ABCD')
      .optional(),
    slackChannelId: text()
      .regex(/^[A-Za-z0-9]{1,256}$/, 'must be the ID of a Slack channel, like C0123ABCD, and not its name')
      .optional(),
    teamsTenantId: text().regex(UUID, 'must be the ID of a Microsoft tenant, a UUID').optional(),
    teamsTeamId: text().regex(UUID, 'must be the ID of a team, a UUID').optional(),
    teamsChannelId: text()
      .regex(
        /^[\w\-=+/.,]*%3[aA][\w\-=+/.,]*%40[\w\-=+/.,]*$/,
        'must be the ID of a Teams channel as its link has it, like 19%3aABC%40thread.tacv2',
      )
      .max(256, 'must have at most 256 characters')
      .optional(),
  })
  .superRefine((parameters, context) => {
    for (const group of TOGETHER) {
      const missing = group.filter((name) => parameters[name] === undefined);
      if (missing.length === group.length) continue;
      for (const name of missing)
        context.addIssue({
          code: 'custom',
          path: [name],
          message: `is missing: a channel takes ${group.join(', ')}`,
        });
    }
  });

/** Parameters of one channel: all or none. */
const TOGETHER = [
  ['slackWorkspaceId', 'slackChannelId'],
  ['teamsTenantId', 'teamsTeamId', 'teamsChannelId'],
] as const;
