import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeChanges } from '../../../src/cli/new/write-changes.ts';

const CHANGES = {
  files: [
    { path: 'a/new.txt', text: 'new' },
    { path: 'other.txt', text: 'other' },
  ],
  edits: [{ path: 'there.txt', before: 'before', after: 'after' }],
};
let root: string;
const read = (path: string) => readFile(join(root, path), 'utf8');
const entries = async () => (await readdir(root, { recursive: true })).toSorted();

describe('changes of files', () => {
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'elt-changes-'));
    await mkdir(join(root, 'a'));
    await writeFile(join(root, 'there.txt'), 'before');
  });
  afterEach(() => rm(root, { recursive: true }));

  it('are all written, and nothing else is left', async () => {
    writeChanges(root, CHANGES);

    expect(await entries()).toEqual(['a', 'a/new.txt', 'other.txt', 'there.txt']);
    expect(await read('there.txt')).toBe('after');
  });

  it.each([
    ['a new file is there meanwhile', 'other.txt', 'theirs', /^other\.txt: is there already/],
    ['a file was changed meanwhile', 'there.txt', 'theirs', /^there\.txt: was changed in the meantime/],
  ])('are none where %s, which stays', async (_, path, text, message) => {
    await writeFile(join(root, path), text);
    const before = await entries();

    expect(() => writeChanges(root, CHANGES)).toThrow(message);

    expect(await entries()).toEqual(before);
    expect(await read(path)).toBe(text);
  });
});
