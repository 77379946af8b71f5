import { afterEach, describe, expect, it, vi } from 'vitest';
import { defaultProvider } from '../../../src/aws/lambda-credentials.ts';

describe('the credentials of a function', () => {
  afterEach(() => vi.unstubAllEnvs());

  const stub = (id: string, secret: string, token: string) => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', id);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', secret);
    vi.stubEnv('AWS_SESSION_TOKEN', token);
  };

  it('are those of its environment, as they are now', async () => {
    const provide = defaultProvider();
    stub('id', 'secret', 'token');

    expect(await provide()).toEqual({ accessKeyId: 'id', secretAccessKey: 'secret', sessionToken: 'token' });
  });

  it('have no token where there is none', async () => {
    stub('id', 'secret', '');

    expect(await defaultProvider()()).toEqual({ accessKeyId: 'id', secretAccessKey: 'secret' });
  });

  it.each([
    ['', 'secret'],
    ['id', ''],
  ])('are missed by name', async (id, secret) => {
    stub(id, secret, 'token');

    await expect(defaultProvider()()).rejects.toMatchObject({
      name: 'InvalidConfig',
      message: expect.stringContaining('AWS_ACCESS_KEY_ID'),
    });
  });
});
