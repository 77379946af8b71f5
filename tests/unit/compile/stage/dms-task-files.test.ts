import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { readDmsTaskFiles } from '../../../../src/compile/stage/dms-task-files.ts';
import { readStageParameters } from '../../../../src/compile/stage/stage-parameters.ts';
import { CLUSTER_PARAMETERS } from '../../../fixtures/stage.ts';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'elt-mappings-'));

afterAll(() => rmSync(folder, { recursive: true }));

/** Files that are right. */
const RIGHT = {
  dmsTableMappings: { rules: [{ 'rule-type': 'selection', 'rule-id': '1' }] },
  dmsTaskSettings: { FullLoadSettings: { MaxFullLoadSubTasks: 4 } },
};
const files = Object.entries(RIGHT).map(([parameter, document]) => {
  const file = join(folder, `${parameter}.json`);
  writeFileSync(file, JSON.stringify(document));
  return [parameter, relative(ROOT, file)] as const;
});
const parameters = readStageParameters({ ...CLUSTER_PARAMETERS, ...Object.fromEntries(files) });

/** Reads a file with this content in place of one that is right. */
function readWith(parameter: 'dmsTableMappings' | 'dmsTaskSettings', content: string) {
  const file = join(folder, 'given.json');
  writeFileSync(file, content);
  return readDmsTaskFiles({ ...parameters, [parameter]: relative(ROOT, file) });
}

describe('the files of the task that a stage creates', () => {
  it('are read as they stand, without a byte order mark', () => {
    const { dmsTableMappings: mappings, dmsTaskSettings: settings } = RIGHT;

    expect(readWith('dmsTableMappings', `\uFEFF${JSON.stringify(mappings)}`).tableMappings).toEqual(mappings);
    expect(readWith('dmsTaskSettings', `\uFEFF${JSON.stringify(settings)}`).settings).toEqual(settings);
  });

  it.each(['{ "name": "x" }', '[]', '{ "rules": [] }', '{ "rules": [{ "rule-type": "transformation" }] }'])(
    'are refused where nothing is selected: %s',
    (content) => {
      expect(() => readWith('dmsTableMappings', content)).toThrow(
        /^parameter dmsTableMappings: \S+ has no table mappings: "rules" must be a list with a selection rule$/,
      );
    },
  );

  it.each(['[]', '{ "rules": [] }', '{ "FullLoadSettings": "TRUNCATE_BEFORE_LOAD" }'])(
    'are refused where they are no settings: %s',
    (content) => {
      expect(() => readWith('dmsTaskSettings', content)).toThrow(
        /^parameter dmsTaskSettings: \S+ has no task settings: it must be an object of sections such as/,
      );
    },
  );

  it('are refused in one line where the file is no JSON, or not there', () => {
    expect(() => readWith('dmsTableMappings', 'rules:\n- selection')).toThrow(
      /^parameter dmsTableMappings: cannot read \S+\.json:1:1: expected a value, found rules$/,
    );
    expect(() => readWith('dmsTaskSettings', '{ "Logging": }')).toThrow(
      /^parameter dmsTaskSettings: cannot read \S+\.json:1:14: expected a value, found }$/,
    );
    expect(() => readDmsTaskFiles({ ...parameters, dmsTableMappings: 'sql/nowhere.json' })).toThrow(
      /^parameter dmsTableMappings: cannot read sql\/nowhere.json: .+$/,
    );
  });
});
