import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InvalidPipeline } from '../errors/errors.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const COMPILER = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');

/** A person repairs one after the other. */
const MOST_FAULTS = 5;

/**
 * Makes sure that the files of src/pipelines have no type error. Node runs them without their types, so a step that is named twice
 * would lose its first definition without a word, and an `after` that names no step would be told late.
 * @param root folder of the project
 * @throws InvalidPipeline with file, line and what the compiler says
 */
export async function assertPipelineTypes(root: string = ROOT): Promise<void> {
  const faults = await compile(root);
  if (faults.length > 0) throw new InvalidPipeline(faults.slice(0, MOST_FAULTS).join('; '));
}

/** `src/pipelines/x.ts:4:3: An object literal …`, one for each error. */
function compile(root: string): Promise<readonly string[]> {
  const flags = [COMPILER, '--project', 'tsconfig.pipelines.json', '--pretty', 'false'];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, flags, { cwd: root }, (error, output) => {
      if (error !== null && output === '') return reject(error);
      const lines = output.split('\n').filter((line) => line.includes(': error TS'));
      resolve(lines.map((line) => line.replace(/\((\d+),(\d+)\): error TS\d+:/, ':$1:$2:')));
    });
  });
}
