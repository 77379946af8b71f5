import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findTaskFiles, readSampleTasks } from '../../../src/local-stage/sample-tasks.ts';
import { orders } from '../../fixtures/pipeline.ts';

const both = { ...orders, name: 'load-both', tasks: ['orders-task', 'items-task'] };

let folder: string;
const url = () => pathToFileURL(`${folder}/`);
const write = (name: string, content: string | Uint8Array) => writeFile(join(folder, name), content);
const read = () => readSampleTasks([orders, both], undefined, url());

/** Mappings that include one schema. */
function mappingsOf(schema: string) {
  const locator = { 'schema-name': schema, 'table-name': '%' };
  return {
    rules: [
      { 'rule-type': 'selection', 'rule-id': '1', 'rule-action': 'include', 'object-locator': locator },
    ],
  };
}

describe('readSampleTasks', () => {
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'elt-sample-'));
    await write('table-mappings.json', JSON.stringify(mappingsOf('all')));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('has each task that a pipeline names once, with mappings and settings of its own where there are some', async () => {
    await write('table-mappings.items-task.json', JSON.stringify(mappingsOf('items')));
    await write('task-settings.json', '{"Logging": {"EnableLogging": true}}');
    await write('task-settings.orders-task.json', '{}');

    const tasks = await read();

    expect(tasks.map(({ identifier, arn }) => [identifier, arn])).toEqual([
      ['orders-task', 'arn:aws:dms:us-east-1:000000000000:task:orders-task'],
      ['items-task', 'arn:aws:dms:us-east-1:000000000000:task:items-task'],
    ]);
    expect(tasks.map(({ tableMappings }) => tableMappings)).toEqual([mappingsOf('all'), mappingsOf('items')]);
    expect(tasks.map(({ settings }) => settings)).toEqual([{}, { Logging: { EnableLogging: true } }]);
  });

  it('names the file that is missing, also where its folder is', async () => {
    await rm(join(folder, 'table-mappings.json'));
    await expect(read()).rejects.toMatchObject({
      name: 'InvalidConfig',
      message: expect.stringContaining('table-mappings.json: there is no such file; what npm start'),
    });

    const gone = readSampleTasks([orders], undefined, new URL('nowhere/', url()));
    await expect(gone).rejects.toMatchObject({
      name: 'InvalidConfig',
      message: expect.stringContaining('nowhere/table-mappings.json: there is no such file'),
    });
  });

  it('leaves the settings to DMS where there is no file', async () => {
    expect(await read()).not.toContainEqual(expect.objectContaining({ settings: expect.anything() }));
    expect(await findTaskFiles('orders-task', url())).toEqual({
      tableMappings: expect.stringMatching(/table-mappings\.json$/),
      settings: undefined,
    });
  });

  it('reads files with a byte order mark', async () => {
    await write('table-mappings.json', `\uFEFF${JSON.stringify(mappingsOf('all'))}`);
    await write('task-settings.json', Buffer.from('\uFEFF{}', 'utf16le'));

    expect(await read()).toMatchObject([{ tableMappings: mappingsOf('all'), settings: {} }, {}]);
  });

  it.each([
    ['table-mappings.json', '{\n  "rules": [\n}', ':3:1: expected a value or "]", found }'],
    [
      'table-mappings.orders-task.json',
      '{ "rules": [] }',
      ': table mappings are not valid: rules: must be a list',
    ],
    ['task-settings.json', '{ "Logging": }', ':1:14: expected a value, found }'],
    [
      'task-settings.items-task.json',
      '{ "FullLoadSettings": { "TargetTablePrepMode": "TRUNCATE" } }',
      ': task settings are not valid: FullLoadSettings.TargetTablePrepMode: Invalid option: expected one of "DO_NOTHING"|"DROP_AND_CREATE"|"TRUNCATE_BEFORE_LOAD"',
    ],
  ])('names the file, and the place in it, where %s is wrong', async (file, content, message) => {
    await write(file, content);

    await expect(read()).rejects.toMatchObject({
      name: 'InvalidConfig',
      message: expect.stringContaining(`/${file}${message}`),
    });
  });
});
