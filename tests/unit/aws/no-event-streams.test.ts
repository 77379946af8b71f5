import { describe, expect, it } from 'vitest';
import { eventStreamSerdeProvider } from '../../../src/aws/no-event-streams.ts';

describe('the SDK’s reader for streams of events', () => {
  it('is not there, and says where it was left out', () => {
    expect(eventStreamSerdeProvider).toThrow(
      expect.objectContaining({ name: 'InvalidConfig', message: expect.stringContaining('serverless.yml') }),
    );
  });
});
