import { createRequire } from 'node:module';
import type { DefinitionFile } from './state-machine-resources.ts';

/** As much of the framework as the upload touches. */
interface Serverless {
  readonly service: {
    readonly custom?: { readonly stage?: { readonly definitionFiles?: readonly DefinitionFile[] } };
  };
  getProvider(name: 'aws'): AwsProvider;
}

interface AwsProvider {
  getServerlessDeploymentBucketName(): Promise<string>;
}

/** Puts an object into a bucket. */
type Upload = (provider: AwsProvider, object: Readonly<Record<string, string>>) => Promise<unknown>;

/**
 * A plugin of the Serverless Framework: puts the state machines' definitions that the template has no room for into the
 * deployment bucket, after the bucket is made and before the stack is updated.
 */
export function createDefinitionUpload(
  serverless: Serverless,
  _options: unknown,
  upload = frameworkUpload(),
) {
  return {
    hooks: {
      'before:aws:deploy:deploy:uploadArtifacts': async () => {
        const files = serverless.service.custom?.stage?.definitionFiles ?? [];
        if (files.length === 0) return;
        const provider = serverless.getProvider('aws');
        const Bucket = await provider.getServerlessDeploymentBucketName();
        for (const { key: Key, body: Body } of files) {
          await upload(provider, { Bucket, Key, Body, ContentType: 'application/json' });
        }
      },
    },
  };
}

/** The framework's own, with its credentials, Region and retries. */
function frameworkUpload(): Upload {
  return createRequire(import.meta.url)('serverless/lib/plugins/aws/lib/upload-s3-object.js');
}
