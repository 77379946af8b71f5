import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { pipelines } from '../../src/pipelines/index.ts';

const folder = new URL('../../src/pipelines/', import.meta.url);

describe('src/pipelines', () => {
  it('has no file that index.ts leaves out, since bundles cannot scan folders', async () => {
    const files = (await readdir(folder)).filter((file) => file !== 'index.ts');

    const unlisted: string[] = [];
    for (const file of files) {
      const exported = Object.values(await import(new URL(file, folder).href));
      if (!pipelines.some((pipeline) => exported.includes(pipeline))) unlisted.push(file);
    }

    expect(unlisted).toEqual([]);
  });

  it('gives every pipeline a name of its own', () => {
    const names = pipelines.map(({ name }) => name);

    expect(new Set(names).size).toBe(names.length);
  });
});
