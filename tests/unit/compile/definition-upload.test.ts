import { describe, expect, it } from 'vitest';
import { createDefinitionUpload } from '../../../src/compile/definition-upload.ts';

const HOOK = 'before:aws:deploy:deploy:uploadArtifacts';
const provider = { getServerlessDeploymentBucketName: async () => 'bucket-1' };

/** Runs the hook of a deployment with these files and answers what was uploaded. */
async function deploy(
  definitionFiles?: readonly { key: string; body: string }[],
): Promise<readonly object[]> {
  const uploaded: object[] = [];
  const serverless = {
    service: { custom: { stage: definitionFiles === undefined ? {} : { definitionFiles } } },
    getProvider: () => provider,
  };
  const { hooks } = createDefinitionUpload(serverless, {}, async (_provider, object) =>
    uploaded.push(object),
  );
  await hooks[HOOK]();
  return uploaded;
}

describe('uploading definitions', () => {
  it('puts each file into the deployment bucket, where the template looks for it', async () => {
    const uploaded = await deploy([{ key: 'definitions/elt/test/load-orders-1234.json', body: '{}' }]);

    expect(uploaded).toEqual([
      {
        Bucket: 'bucket-1',
        Key: 'definitions/elt/test/load-orders-1234.json',
        Body: '{}',
        ContentType: 'application/json',
      },
    ]);
  });

  it('does nothing where the template has room for all', async () => {
    expect(await deploy([])).toEqual([]);
    expect(await deploy()).toEqual([]);
  });
});
