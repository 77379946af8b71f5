import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeMessage } from '../../../../src/notifications/forms/compose-message.ts';
import { MachineMessageSchema } from '../../../../src/notifications/forms/machine.ts';
import { announceRunSuccess } from '../../../../src/notifications/run-message.ts';
import { anyAnnouncement, failedRun, HOSTILE } from '../../../fixtures/notifications/announcements.ts';
import { CustomNotificationSchema } from '../../../fixtures/notifications/custom-notification.ts';

/** Bytes that SNS takes, of the text and the attributes together. */
const SNS_BYTES = 256 * 1024;

const parse = (json: string | undefined): unknown => JSON.parse(json ?? '');

/** Code between backticks is ours. Everything else is looked at as a chat would. */
const outsideOfCode = (text: string) => text.replaceAll(/`[^`\n]*`/g, '');

describe('a message', () => {
  it('has prose, what chats take, what programs take, and a line for phones', () => {
    const { forms, body, faults } = composeMessage(failedRun());

    expect(faults).toEqual([]);
    expect(Object.keys(forms)).toEqual(['https', 'sqs', 'lambda', 'sms']);
    expect(body).toContain('What to do:');
    expect(CustomNotificationSchema.parse(parse(forms.https))).toMatchObject({
      content: {
        title: '🔴 FAILED: redshift-elt-load-customer-sales-local at Load_Sales_Fact',
        nextSteps: expect.arrayContaining([
          expect.stringMatching(
            /^A permission is missing\..*\n`npm run migrate .*`\n`aws stepfunctions redrive-execution .*`$/,
          ),
        ]),
      },
      metadata: {
        threadId: 'redshift-elt-load-customer-sales-local 20261124T025700000Z-0123456789ab',
        eventType: 'run-failed',
      },
    });
    expect(MachineMessageSchema.parse(parse(forms.sqs))).toMatchObject({
      event: 'run-failed',
      schemaVersion: 1,
    });
    expect(forms.lambda).toBe(forms.sqs);
    expect(forms.sms).toBe(
      'FAILED: redshift-elt-load-customer-sales-local at Load_Sales_Fact: StatementFailed',
    );
  });

  it('is one thread for all that becomes of a load: runs, reruns and continuations', () => {
    const { threadId } = failedRun();
    const { name } = failedRun().facts.run ?? { name: '' };
    const names = { functionName: 'notify-outcome', tasks: [] };
    const run = failedRun().facts.run?.executionArn ?? '';
    const ends = ['-r1', '-c2', '-r1-c2'].map((suffix) =>
      announceRunSuccess(
        {
          ...{
            executionArn: `${run}${suffix}`,
            name: `${name}${suffix}`,
            status: 'SUCCEEDED',
            redriveCount: 0,
          },
          stateMachineArn: 'x',
        },
        names,
      ),
    );

    expect(ends.map((end) => end?.threadId)).toEqual([threadId, threadId, threadId]);
  });

  it('loses no form because another cannot be made: its subscribers get the prose', () => {
    const announcement = failedRun();
    const whole = composeMessage(announcement).forms;
    const breaks = () => {
      throw new Error('no such form');
    };
    const works = () => 'x';
    for (const broken of ['https', 'sqs', 'lambda', 'sms'] as const) {
      const forms = { https: works, sqs: works, lambda: works, sms: works, [broken]: breaks };
      const message = composeMessage(announcement, forms);

      expect(Object.keys(message.forms)).toEqual(Object.keys(whole).filter((name) => name !== broken));
      expect(message.faults).toEqual([`${broken}: Error: no such form`]);
      expect(message.body).toContain('has failed');
    }
  });

  it.each(HOSTILE)('is within its limits and valid in each form, whatever stands in it: %j', (cause) => {
    const message = composeMessage(failedRun({ cause, error: cause.slice(0, 200) }));

    expect(message.faults).toEqual([]);
    CustomNotificationSchema.parse(parse(message.forms.https));
    MachineMessageSchema.parse(parse(message.forms.sqs));
  });

  it('fits into one Publish, is valid and does nothing, for anything that may be told', () => {
    fc.assert(
      fc.property(anyAnnouncement, (announcement) => {
        const { subject, body, forms, faults, attributes } = composeMessage(announcement);

        const published = JSON.stringify({ default: body, ...forms });
        expect(Buffer.byteLength(published + JSON.stringify(attributes))).toBeLessThan(SNS_BYTES - 1_000);
        expect(subject).toMatch(/^[\x20-\x7e]{1,100}$/);
        expect(body).not.toMatch(/(?![\n\t\u200C\u200D])[\p{Cc}\p{Cf}\p{Cs}]/u);
        expect(faults).toEqual([]);
        expect(forms.sms).toMatch(/^[\x20-\x5a_a-z]{0,140}$/);
        MachineMessageSchema.parse(parse(forms.sqs));
        const { content, metadata } = CustomNotificationSchema.parse(parse(forms.https));
        const shown = [content.title ?? '', content.description, ...(content.nextSteps ?? [])];
        const links = announcement.facts.links ?? {};
        for (const text of shown.map(outsideOfCode)) {
          const ownLinksGone = Object.values(links).reduce((rest, link) => rest.replaceAll(link, ''), text);
          expect(ownLinksGone).not.toMatch(/[<>@*~[\]|#`&]|:\/\/|\bwww\.|mailto:/i);
        }
        expect(JSON.stringify(metadata)).not.toMatch(/[<>@`]/);
        // SNS takes at most ten, none empty, none long.
        expect(Object.keys(attributes).length).toBeLessThanOrEqual(10);
        for (const value of Object.values(attributes).flat()) expect(value).toMatch(/^[\x20-\x7e]{1,250}$/);
      }),
    );
  });

  it('cuts no command in a chat: one that has no room is left out, and the end says so', () => {
    const { repairs } = failedRun();
    const commands = repairs.flatMap(({ actions }) => actions.flatMap((action) => action.commands));
    const many = { ...failedRun(), repairs: [...repairs, ...repairs, ...repairs] };

    const { content } = CustomNotificationSchema.parse(parse(composeMessage(many).forms.https));

    expect(content.nextSteps?.at(-1)).toContain('More ways');
    const shown = content.nextSteps?.flatMap((step) =>
      [...step.matchAll(/`([^`]*)`/g)].map(([, code]) => code),
    );
    for (const command of shown ?? []) expect(commands).toContain(command);
  });
});
