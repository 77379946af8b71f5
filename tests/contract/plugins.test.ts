import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const ROOT = new URL('../../', import.meta.url);

/** What each plugin of the project's own is to do, and when. */
const PLUGINS = {
  './src/framework/definition-upload.js': {
    name: 'definitionUpload',
    hooks: ['before:aws:package:finalize:saveServiceState', 'before:aws:deploy:deploy:uploadArtifacts'],
  },
  './src/framework/parameter-guard.js': {
    name: 'createParameterGuard',
    hooks: ['initialize', 'before:package:initialize'],
  },
  './src/framework/deploy-guard.js': {
    name: 'createDeployGuard',
    hooks: ['before:deploy:deploy', 'before:deploy:function:initialize'],
  },
  './src/framework/remove-guard.js': { name: 'removeGuard', hooks: ['before:remove:remove'] },
};

describe('the plugins of serverless.yml', () => {
  it('are there, and have their hooks when they are made as the framework makes them', async () => {
    const { plugins } = parse(await readFile(new URL('serverless.yml', ROOT), 'utf8'), { logLevel: 'error' });
    const own = (plugins as readonly string[]).filter((plugin) => plugin.startsWith('./'));
    const require = createRequire(ROOT);

    const made = own.map((file) => {
      const plugin = require(file);
      const { hooks } = Reflect.construct(plugin, [{ service: {} }, {}, {}]) as { readonly hooks: object };
      return [file, { name: plugin.name, hooks: Object.keys(hooks) }];
    });

    expect(Object.fromEntries(made)).toEqual(PLUGINS);
  });
});
