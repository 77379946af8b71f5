import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** The two faces of the local AWS only hand on what its files export. */
const FACES = ['src/local/index.ts', 'src/local/parts.ts'];

const DECLARED =
  /^export (?:declare )?(?:async )?(?:function\*?|const|let|class|interface|type|enum) (\w+)/gm;
const LISTED = /^export (?:type )?\{([^}]*)\}/gm;

/** Names that a file exports, also of what it takes from another. */
function exportedNames(text: string): readonly string[] {
  const listed = [...text.matchAll(LISTED)].flatMap(([, names = '']) => names.split(','));
  return [
    ...[...text.matchAll(DECLARED)].map(([, name = '']) => name),
    ...listed
      .map((name) =>
        name
          .trim()
          .replace(/^type /, '')
          .replace(/^.* as /, ''),
      )
      .filter((name) => name !== ''),
  ];
}

it('no name is exported by two files, so that a name leads to one place', () => {
  const files = globSync('src/**/*.ts', { exclude: FACES });
  const owners = Map.groupBy(
    files.flatMap((file) => exportedNames(readFileSync(file, 'utf8')).map((name) => ({ name, file }))),
    ({ name }) => name,
  );
  const twice = [...owners]
    .filter(([, places]) => places.length > 1)
    .map(([name, places]) => `${name}: ${places.map(({ file }) => file).join(', ')}`);

  expect(files.length).toBeGreaterThan(100);
  expect(owners.size).toBeGreaterThan(files.length);
  expect(twice).toEqual([]);
});

it('names are found whichever way they are exported', () => {
  const text =
    "export const a = 1;\nexport async function b() {}\nexport type { C, D as E } from './c.ts';\nconst f = 1;";

  expect(exportedNames(text)).toEqual(['a', 'b', 'C', 'E']);
});

it('no file exports all of another: its names would have two places', () => {
  const files = globSync('src/**/*.ts', { exclude: FACES });

  expect(files.filter((file) => /^export \*/m.test(readFileSync(file, 'utf8')))).toEqual([]);
});
