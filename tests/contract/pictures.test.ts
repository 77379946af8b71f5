import { readdir, readFile, stat } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { digestPages, type PicturedRuns } from '../../scripts/pictures/shown-pages.ts';

const ROOT = new URL('../../', import.meta.url);
const FOLDER = new URL('docs/pictures/', ROOT);
const read = (path: string) => readFile(new URL(path, ROOT), 'utf8');

/** GitHub shows the README to people on trains. */
const MOST_BYTES = 100_000;

describe('the pictures of README and docs', async () => {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.webp'));

  it('show what the pages show now; npm run pictures takes them again', async () => {
    const runs = JSON.parse(await read('docs/pictures/runs.json')) as PicturedRuns;

    expect(digestPages(runs)).toEqual(JSON.parse(await read('docs/pictures/shown.json')));
  });

  it('are there in both colour schemes, and small', async () => {
    expect(files.toSorted()).toEqual(
      ['console', 'failure', 'report'].flatMap((name) => [`${name}-dark.webp`, `${name}-light.webp`]),
    );
    for (const file of files) expect((await stat(new URL(file, FOLDER))).size).toBeLessThan(MOST_BYTES);
  });

  it('are each shown by a page, and no page shows one that is not there', async () => {
    const pages = ['README.md', ...(await readdir(new URL('docs/', ROOT))).map((name) => `docs/${name}`)];
    const texts = await Promise.all(pages.filter((path) => path.endsWith('.md')).map(read));
    const shown = texts.flatMap((text) =>
      [...text.matchAll(/pictures\/([\w-]+\.webp)/g)].map(([, file]) => file),
    );

    expect([...new Set(shown)].toSorted()).toEqual(files.toSorted());
  });
});
