import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import type { DefinitionFile } from '../compile/template/state-machine-resources.ts';

/** The part of the framework that the upload uses. */
interface Serverless {
  readonly serviceDir: string;
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
 * The plugin as the Serverless Framework creates it. The framework passes more arguments, and none of them is an
 * upload.
 */
export function definitionUpload(serverless: Serverless) {
  return createDefinitionUpload(serverless, frameworkUpload);
}

/**
 * A plugin of the Serverless Framework for definitions of state machines that do not fit into the template. They are
 * part of the package. The plugin puts them into the deployment bucket after the bucket is created and before the
 * stack is updated.
 */
export function createDefinitionUpload(serverless: Serverless, upload: Upload) {
  const definitionFiles = () => serverless.service.custom?.stage?.definitionFiles ?? [];
  return {
    hooks: {
      // The framework moves the content of .serverless to the package's folder.
      'before:aws:package:finalize:saveServiceState': () => {
        const folder = join(serverless.serviceDir, '.serverless', 'definitions');
        if (definitionFiles().length > 0) mkdirSync(folder, { recursive: true });
        for (const { key, body } of definitionFiles()) writeFileSync(join(folder, basename(key)), body);
      },
      'before:aws:deploy:deploy:uploadArtifacts': async () => {
        if (definitionFiles().length === 0) return;
        const provider = serverless.getProvider('aws');
        const Bucket = await provider.getServerlessDeploymentBucketName();
        for (const { key: Key, body: Body } of definitionFiles()) {
          await upload(provider, { Bucket, Key, Body, ContentType: 'application/json' });
        }
      },
    },
  };
}

/** The framework's own upload, with its credentials, Region and retries. */
const frameworkUpload: Upload = (provider, object) => {
  const upload = createRequire(import.meta.url)('serverless/lib/plugins/aws/lib/upload-s3-object.js');
  return upload(provider, object);
};
