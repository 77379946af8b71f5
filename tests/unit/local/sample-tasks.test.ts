import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSampleTasks } from '../../../src/local/sample.ts';
import { orders } from '../../fixtures/pipeline.ts';

const both = { ...orders, name: 'load-both', tasks: ['orders-task', 'items-task'] };

let folder: string;

describe('readSampleTasks', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'elt-sample-'));
    await writeFile(join(folder, 'table-mappings.json'), '{"rules": ["of all"]}');
    await writeFile(join(folder, 'table-mappings.items-task.json'), '{"rules": ["of items-task"]}');
  });

  afterAll(() => rm(folder, { recursive: true }));

  it('has each task that a pipeline names once, with mappings of its own where there are some', async () => {
    const tasks = await readSampleTasks([orders, both], undefined, pathToFileURL(`${folder}/`));

    expect(tasks.map(({ identifier, arn, tableMappings }) => [identifier, arn, tableMappings])).toEqual([
      ['orders-task', 'arn:aws:dms:us-east-1:000000000000:task:orders-task', { rules: ['of all'] }],
      ['items-task', 'arn:aws:dms:us-east-1:000000000000:task:items-task', { rules: ['of items-task'] }],
    ]);
  });
});
