import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import type { DefinitionFile } from '../compile/template/state-machine-resources.ts';

/** As much of the framework as the upload touches. */
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

/** The plugin as the Serverless Framework makes it: with more arguments, none of which is an upload. */
export function definitionUpload(serverless: Serverless) {
  return createDefinitionUpload(serverless, frameworkUpload);
}

/**
 * A plugin of the Serverless Framework for the state machines' definitions that the template has no room for: they are
 * part of the package, and go to the deployment bucket after it is made and before the stack is updated.
 */
export function createDefinitionUpload(serverless: Serverless, upload: Upload) {
  const definitionFiles = () => serverless.service.custom?.stage?.definitionFiles ?? [];
  return {
    hooks: {
      // The framework moves what is in .serverless to where the package is wanted.
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

/** The framework's own, with its credentials, Region and retries. */
const frameworkUpload: Upload = (provider, object) => {
  const upload = createRequire(import.meta.url)('serverless/lib/plugins/aws/lib/upload-s3-object.js');
  return upload(provider, object);
};
