import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { readTableMappings } from '../../../src/compile/table-mappings.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'elt-mappings-'));

afterAll(() => rmSync(folder, { recursive: true }));

/** Path of a file with this content, from the root of the project. */
function fileWith(content: string): string {
  const file = join(folder, 'mappings.json');
  writeFileSync(file, content);
  return relative(ROOT, file);
}

describe('table mappings', () => {
  it('are read as they stand in the file', () => {
    const mappings = { rules: [{ 'rule-type': 'selection', 'rule-id': '1' }] };

    expect(readTableMappings(fileWith(JSON.stringify(mappings)))).toEqual(mappings);
  });

  it.each(['{ "name": "x" }', '[]', '{ "rules": [] }', '{ "rules": [{ "rule-type": "transformation" }] }'])(
    'are refused where nothing is selected: %s',
    (content) => {
      expect(() => readTableMappings(fileWith(content))).toThrow(
        /^parameter dmsTableMappings: \S+ has no table mappings: "rules" must be a list with a selection rule$/,
      );
    },
  );

  it('are refused in one line where the file is no JSON, or not there', () => {
    expect(() => readTableMappings(fileWith('rules:\n- selection'))).toThrow(
      /^parameter dmsTableMappings: cannot read \S+: .+$/,
    );
    expect(() => readTableMappings('sql/nowhere.json')).toThrow(
      /^parameter dmsTableMappings: cannot read sql\/nowhere.json: .+$/,
    );
  });
});
