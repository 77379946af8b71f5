import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { areAws, createVerifyClients } from '../../../../src/cli/verify-aws/verify-clients.ts';

describe('who has answered', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it.each([
    ['redshift-data.eu-west-1.amazonaws.com', true],
    ['vpce-1-abc.redshift-data.eu-west-1.vpce.amazonaws.com', true],
    ['states.cn-north-1.amazonaws.com.cn', true],
    ['monitoring.eu-west-1.api.aws', true],
    ['127.0.0.1', false],
    ['localhost', false],
    ['amazonaws.com.example.org', false],
    ['notamazonaws.com', false],
  ])('%s is AWS: %s', (host, isAws) => {
    expect(areAws([host])).toBe(isAws);
    expect(areAws(['states.eu-west-1.amazonaws.com', host])).toBe(isAws);
  });

  it('nobody, where nobody was asked', () => {
    expect(areAws([])).toBe(false);
  });

  it('is seen in what was sent, also where only the environment names another endpoint', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    vi.stubEnv('AWS_ENDPOINT_URL_STS', 'http://127.0.0.1:1');
    const clients = createVerifyClients({ region: 'eu-west-1' });

    await expect(clients.sts.send(new GetCallerIdentityCommand({}))).rejects.toThrow();

    expect(clients.isAws()).toBe(false);
    clients.destroy();
  });
});
