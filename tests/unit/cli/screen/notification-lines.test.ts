import { describe, expect, it } from 'vitest';
import { wholeNotification } from '../../../../src/cli/screen/notification-lines.ts';

describe('a whole notification', () => {
  it('keeps its lines, so that each command can be copied', () => {
    const command = `aws stepfunctions redrive-execution --execution-arn ${'x'.repeat(300)}`;

    expect(wholeNotification({ subject: 'FAILED: orders', message: `Has failed.\n\n  ${command}\n` })).toBe(
      `\nnotification FAILED: orders\n  Has failed.\n\n    ${command}\n`,
    );
  });

  it('shows the other forms where that is asked for, JSON on lines of its own', () => {
    const forms = { sqs: '{"event":"run-failed"}', sms: 'FAILED: orders' };

    expect(wholeNotification({ subject: 'FAILED: orders', message: 'Text.', forms })).toBe(
      '\nnotification FAILED: orders\n  Text.\nfor sqs:\n  {\n    "event": "run-failed"\n  }\nfor sms:\n  FAILED: orders\n',
    );
  });

  it('may have no subject', () => {
    expect(wholeNotification({ subject: undefined, message: 'Text.' })).toBe('\nnotification\n  Text.\n');
  });
});
