import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { withMessages } from '../../scripts/notifications-document.ts';
import { compileFilter, passesFilter } from '../../src/local/services/sns/filter-policy.ts';
import type { MessageAttributes } from '../../src/local/services/sqs/message-attributes.ts';
import { composeMessage } from '../../src/notifications/forms/compose-message.ts';
import { MachineMessageSchema } from '../../src/notifications/forms/machine.ts';
import { announceRunSuccess } from '../../src/notifications/run-message.ts';
import { failedRun } from '../fixtures/notifications/announcements.ts';

const page = await readFile(new URL('../../docs/notifications.md', import.meta.url), 'utf8');

const failed = failedRun();
const { run, machine = '', pipelines } = failed.facts;
const succeeded = announceRunSuccess(
  {
    ...{ executionArn: run?.executionArn ?? '', name: run?.name ?? '', redriveCount: 0 },
    ...{ stateMachineArn: machine, status: 'SUCCEEDED' },
  },
  { functionName: 'notify-outcome', tasks: [{ arn: 'x', identifier: 'x', pipelines }] },
);
const another = { ...failed, facts: { ...failed.facts, pipelines: ['another'] } };
const MESSAGES = { failed, succeeded, another };

/** The attributes of a message as SNS has them. */
function attributesOf(announcement: typeof failed | undefined): MessageAttributes {
  const { attributes } = composeMessage(announcement ?? failed);
  const entries = Object.entries(attributes).map(([name, value]) =>
    typeof value === 'string'
      ? [name, { DataType: 'String', StringValue: value }]
      : [name, { DataType: 'String.Array', StringValue: JSON.stringify(value) }],
  );
  return Object.fromEntries(entries);
}

describe('docs/notifications.md', () => {
  it('has the events and the JSON that the code makes: npm run docs writes them', () => {
    expect(withMessages(page)).toBe(page);
  });

  it('shows an example that keeps to the schema', () => {
    const [, example = ''] = /<!-- example -->\n\n```json\n([\s\S]*?)\n```/.exec(page) ?? [];

    expect(MachineMessageSchema.strict().parse(JSON.parse(example))).toMatchObject({
      error: 'DataCheckFailed',
    });
  });

  it('shows filter policies that let pass what is said above them', () => {
    const policies = [...page.matchAll(/```json policy\n([\s\S]*?)\n```/g)].map(([, policy = '']) => policy);
    const passed = policies.map((policy) =>
      Object.entries(MESSAGES).flatMap(([name, announcement]) => {
        const message = { attributes: attributesOf(announcement), text: '' };
        return passesFilter(compileFilter(policy), 'MessageAttributes', message) ? [name] : [];
      }),
    );

    expect(passed).toEqual([['failed', 'another'], ['failed', 'succeeded'], ['failed'], ['succeeded']]);
  });

  it('names every attribute that a message can have', () => {
    const names = Object.keys(attributesOf({ ...failed, facts: { ...failed.facts, task: 'task' } }));

    for (const name of names) expect(page).toMatch(new RegExp(`^\\|.*\`${name}\`.*\\|`, 'm'));
  });
});
