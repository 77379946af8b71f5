import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { parse } from 'yaml';
import { readDeployedFunctions } from '../../../src/local-stage/deployed-functions.ts';

const ROOT = new URL('../../../', import.meta.url);

/** A function's bundle on disk. */
export interface Bundle {
  readonly name: string;
  readonly file: string;
  readonly bytes: number;
}

/** What serverless-esbuild takes where a service says nothing: its own defaults, for this runtime. */
const PLUGIN_DEFAULTS: BuildOptions = { bundle: true, target: 'node24', platform: 'node' };

/** Bundles every function into a folder, as serverless.yml says or as the plugin does by default. */
export async function bundleFunctions(folder: string, by: 'ours' | 'default'): Promise<readonly Bundle[]> {
  const names = readDeployedFunctions().map(({ name }) => name);
  const { metafile } = await build({
    ...(by === 'ours' ? await deployedOptions() : PLUGIN_DEFAULTS),
    entryPoints: names.map((name) => fileURLToPath(new URL(`handlers/${name}.ts`, ROOT))),
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    metafile: true,
    absWorkingDir: fileURLToPath(ROOT),
  });
  return Object.entries(metafile.outputs).map(([path, { bytes }]) => ({
    name: basename(path, '.cjs'),
    file: fileURLToPath(new URL(path, ROOT)),
    bytes,
  }));
}

async function deployedOptions(): Promise<BuildOptions> {
  const { custom } = parse(await readFile(new URL('serverless.yml', ROOT), 'utf8'), { logLevel: 'error' });
  const { bundle, minify, target, platform, format, mainFields, alias } = custom.esbuild;
  return { bundle, minify, target, platform, format, mainFields, alias };
}
