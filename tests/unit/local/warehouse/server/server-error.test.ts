import { describe, expect, it } from 'vitest';
import { startFailure } from '../../../../../src/local/warehouse/server/database-server.ts';

describe('startFailure', () => {
  it.each([
    ['the log', 'FATAL: could not write to file "x": No space left on device', undefined],
    ['the cause', '', Object.assign(new Error('write failed'), { code: 'ENOSPC' })],
  ])('calls a full disk by its name when %s says it', (_, log, cause) => {
    expect(startFailure('initdb', log, cause)).toMatchObject({
      problem: 'disk-full',
      message: expect.stringMatching(/the disk is full \(initdb\)\. Free some space/),
      cause,
    });
  });

  it('shows the server’s log otherwise', () => {
    expect(startFailure('initdb', 'FATAL: no such thing\n')).toMatchObject({
      problem: 'cannot-start',
      message: 'The local warehouse could not be started (initdb): FATAL: no such thing',
    });
  });
});
