import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDefinitionUpload, definitionUpload } from '../../../src/framework/definition-upload.ts';

const provider = { getServerlessDeploymentBucketName: async () => 'bucket-1' };

const FILE = { key: 'serverless/elt/test/definitions/load-orders-1234.json', body: '{}' };

/** The plugin of a service that has these files, and what it uploads. */
function createUpload(definitionFiles?: readonly { key: string; body: string }[], serviceDir = '') {
  const uploaded: object[] = [];
  const serverless = {
    serviceDir,
    service: { custom: { stage: definitionFiles === undefined ? {} : { definitionFiles } } },
    getProvider: () => provider,
  };
  const { hooks } = createDefinitionUpload(serverless, async (_provider, object) => uploaded.push(object));
  return { hooks, uploaded };
}

describe('uploading definitions', () => {
  it('puts each file into the deployment bucket, where the template looks for it', async () => {
    const { hooks, uploaded } = createUpload([FILE]);

    await hooks['before:aws:deploy:deploy:uploadArtifacts']();

    expect(uploaded).toEqual([
      { Bucket: 'bucket-1', Key: FILE.key, Body: FILE.body, ContentType: 'application/json' },
    ]);
  });

  it('is the framework’s where the framework makes the plugin', async () => {
    const framework = {
      ...provider,
      isS3TransferAccelerationEnabled: () => false,
      getAwsSdkV3Config: async () => Promise.reject(new Error('no credentials')),
    };
    const serverless = {
      serviceDir: '',
      service: { custom: { stage: { definitionFiles: [FILE] } } },
      getProvider: () => framework,
    };
    const { hooks } = Reflect.construct(definitionUpload, [serverless, {}, {}]);

    await expect(hooks['before:aws:deploy:deploy:uploadArtifacts']()).rejects.toThrow('no credentials');
  });

  it('puts each file into the package', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'elt-definitions-'));
    const { hooks } = createUpload([FILE], folder);

    hooks['before:aws:package:finalize:saveServiceState']();
    const written = await readFile(join(folder, '.serverless/definitions/load-orders-1234.json'), 'utf8');
    await rm(folder, { recursive: true });

    expect(written).toBe(FILE.body);
  });

  it.each([[[]], [undefined]])('does nothing where the template has room for all: %j', async (files) => {
    const { hooks, uploaded } = createUpload(files);

    hooks['before:aws:package:finalize:saveServiceState']();
    await hooks['before:aws:deploy:deploy:uploadArtifacts']();

    expect(uploaded).toEqual([]);
  });
});
