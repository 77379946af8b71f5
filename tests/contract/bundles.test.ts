import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { TASK_FUNCTIONS } from '../../src/compile/template/function-names.ts';
import { CONTRACT_VERSION } from '../../src/statements/contract-version.ts';
import { readEvent } from '../fixtures/sample-event.ts';

const root = new URL('../../', import.meta.url);
const { functions, custom } = parse(await readFile(new URL('serverless.yml', root), 'utf8'), {
  logLevel: 'error',
});
const names = Object.keys(functions);

interface Bundle {
  readonly inputs: readonly string[];
  readonly code: string;
}
const bundles = new Map<string, Bundle>();

/** Bundles the handlers with the options that serverless.yml gives to esbuild. */
async function bundleAll(): Promise<void> {
  const { bundle, minify, target, platform, format, mainFields, alias } = custom.esbuild;
  const { metafile, outputFiles } = await build({
    entryPoints: names.map((name) => fileURLToPath(new URL(`handlers/${name}.ts`, root))),
    ...{ bundle, minify, target, platform, format, mainFields, alias },
    absWorkingDir: fileURLToPath(root),
    // Nothing is written.
    outdir: 'bundles',
    metafile: true,
    write: false,
  });
  for (const { path, text } of outputFiles) {
    const name = basename(path, '.js');
    const { inputs } = metafile.outputs[`bundles/${name}.js`] ?? { inputs: {} };
    bundles.set(name, { inputs: Object.keys(inputs), code: text });
  }
}

/** Runs a bundle as Lambda would load it. */
function load(name: string): { handler(event: unknown, context: object): Promise<unknown> } {
  const module = { exports: {} };
  const run = new Function('module', 'exports', 'require', bundles.get(name)?.code ?? '');
  run(module, module.exports, createRequire(import.meta.url));
  return module.exports as ReturnType<typeof load>;
}

const context = {
  awsRequestId: 'request-1',
  functionName: 'f',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:f',
  memoryLimitInMB: '256',
  getRemainingTimeInMillis: () => 60_000,
};

const ENVIRONMENT = {
  STAGE: 'test',
  DMS_TASK_ARNS: '{}',
  REDSHIFT_CLUSTER_IDENTIFIER: 'mart',
  REDSHIFT_DATABASE: 'dev',
  SWEEP_LOOK_BACK_HOURS: '72',
  HOURS_WITHOUT_LOAD: '26',
  NOTIFICATION_TOPIC: 'topic',
  NOTIFY_SUCCESS: 'true',
  // Nobody is there: a call is an error at once.
  AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  POWERTOOLS_METRICS_DISABLED: 'true',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  AWS_REGION: 'us-east-1',
};

describe('bundles', () => {
  beforeAll(async () => {
    for (const [name, value] of Object.entries(ENVIRONMENT)) vi.stubEnv(name, value);
    await bundleAll();
  });
  afterAll(() => vi.unstubAllEnvs());

  it.each(names)('of %s holds nothing of the local stack or the command line', (name) => {
    const foreign = bundles
      .get(name)
      ?.inputs.filter((input) =>
        /src\/(local|cli|compile|migrations)\/|node_modules\/(pg|jsonata|commander)\//.test(input),
      );

    expect(foreign).toEqual([]);
  });

  it.each([
    ['start-run', ['client-database-migration-service', 'client-sfn']],
    ['sweep-loads', ['client-database-migration-service', 'client-redshift-data', 'client-sfn']],
    ['take-turn', ['client-database-migration-service', 'client-redshift-data', 'client-sfn']],
    ['verify-load', ['client-database-migration-service', 'client-redshift-data']],
    ['start-statement', ['client-database-migration-service', 'client-redshift-data', 'client-sfn']],
    ['check-statement', ['client-database-migration-service', 'client-redshift-data', 'client-sfn']],
    ['stop-statements', ['client-redshift-data', 'client-sfn']],
    ['notify-outcome', ['client-database-migration-service', 'client-sfn', 'client-sns']],
  ])('of %s holds the AWS clients it uses, and no other', (name, clients) => {
    const found = bundles
      .get(name)
      ?.inputs.flatMap((input) => /@aws-sdk\/(client-[a-z-]+)\//.exec(input)?.[1] ?? []);

    expect([...new Set(found)].toSorted()).toEqual(clients);
  });

  it.each(names)('of %s holds no part of the SDK that a function never needs', (name) => {
    const left = bundles
      .get(name)
      ?.inputs.filter((input) => /event-streams\/|credential-provider-(?:node|ini|sso)\//.test(input));

    expect(left).toEqual([]);
  });

  it.each(names)('of %s throws errors under their literal names, minified or not', async (name) => {
    const thrown = await load(name)
      .handler({ contractVersion: 'none' }, context)
      .catch((error: Error) => error);

    // Whatever sweep-loads is invoked with, it asks AWS.
    const literal = name === 'sweep-loads' ? 'RedshiftUnavailable' : 'InvalidEvent';
    expect(thrown).toMatchObject({ name: literal });
    // What `sls invoke local` shows.
    expect((thrown as Error).constructor.name).toBe(literal);
  });

  it.each(TASK_FUNCTIONS)('of %s refuses what a newer state machine sends, and says why', async (name) => {
    const request = await readEvent<object>(`${name}.json`);

    const answer = load(name).handler({ ...request, contractVersion: CONTRACT_VERSION + 1 }, context);

    await expect(answer).rejects.toMatchObject({
      name: 'InvalidEvent',
      message: expect.stringMatching(/^the input is malformed: contractVersion: [^;]+$/),
    });
  });

  it.each(names)(
    'of %s is a handler of at most two parameters: Lambda refuses callbacks from Node 24 on',
    (name) => {
      expect(load(name).handler.length).toBeLessThanOrEqual(2);
    },
  );
});
