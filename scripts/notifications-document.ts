import { readFileSync } from 'node:fs';
import { indentJson } from '../src/json-text.ts';
import { EVENTS } from '../src/notifications/announcement.ts';
import { composeMessage } from '../src/notifications/forms/compose-message.ts';
import { OutcomeEventSchema, type RunEndedEvent } from '../src/notifications/outcome-event.ts';
import { announceRunFailure } from '../src/notifications/run-message.ts';

const SAMPLE = new URL('../tests/events/notify-outcome.json', import.meta.url);
const TASK = {
  arn: 'arn:aws:dms:us-east-1:000000000000:task:dms-full-dump-task',
  identifier: 'dms-full-dump-task',
};

/** docs/notifications.md with the list of events and an example of the JSON, as the code has them. */
export function withMessages(page: string): string {
  const rows = Object.entries(EVENTS).map(([name, meaning]) => `| \`${name}\` | ${meaning} |`);
  const table = ['| event | means |', '| --- | --- |', ...rows].join('\n');
  return fill(fill(page, 'events', table), 'example', `\`\`\`json\n${exampleJson()}\n\`\`\``);
}

function fill(page: string, mark: string, text: string): string {
  const [begin, end] = [`<!-- ${mark} -->`, `<!-- /${mark} -->`];
  const [before = ''] = page.split(begin);
  const [, after = ''] = page.split(end);
  return `${before}${begin}\n\n${text}\n\n${end}${after}`;
}

/** The sample event of tests/events, as if the run had ended at an audit. */
function exampleJson(): string {
  const { detail } = OutcomeEventSchema.parse(JSON.parse(readFileSync(SAMPLE, 'utf8'))) as RunEndedEvent;
  const pipeline =
    detail.stateMachineArn
      .split(':')
      .at(-1)
      ?.replace(/-local$/, '') ?? '';
  const cause = `2 rows are not in dbo.dim_cust (step Load_Sales_Fact of ${pipeline})`;
  const names = { functionName: 'notify-outcome', tasks: [{ ...TASK, pipelines: [pipeline] }] };
  const announcement = announceRunFailure({ ...detail, error: 'DataCheckFailed', cause }, names);
  return indentJson(composeMessage(announcement).forms.sqs ?? '');
}
