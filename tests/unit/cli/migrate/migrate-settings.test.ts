import { describe, expect, it } from 'vitest';
import { readSettings } from '../../../../src/cli/migrate/migrate-settings.ts';

const users = { ownerUser: 'owner', dmsUser: 'dms' };

describe('readSettings', () => {
  it.each(['localhost:4510', 'ftp://127.0.0.1:4510', 'nonsense', 'http://'])(
    'refuses %s as an endpoint',
    async (endpointUrl) => {
      await expect(readSettings({ ...users, endpointUrl })).rejects.toMatchObject({
        name: 'InvalidConfig',
        message: expect.stringContaining(`"${endpointUrl}" is not a URL`),
      });
    },
  );

  it('is about the local stage where only an endpoint is given', async () => {
    const settings = await readSettings({ ...users, endpointUrl: 'http://127.0.0.1:4510' });

    expect(settings).toMatchObject({
      stage: 'local',
      target: { dbUser: 'owner' },
      users: { runtime: 'runtime' },
    });
  });
});
