import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Warehouse } from '../../../src/local/contracts.ts';
import { createWarehouse } from '../../../src/local/warehouse/create-warehouse.ts';
import { createSampleSource } from '../../../src/local-stage/sample.ts';

let warehouse: Warehouse;
let folder: string;

const create = (rows?: number) =>
  createSampleSource(
    warehouse,
    rows === undefined ? { kind: 'small' } : { kind: 'many', rows },
    undefined,
    pathToFileURL(`${folder}/`),
  );
const write = (content: string) => writeFile(join(folder, 'source.sql'), content);

describe('a mistake in the SQL of the sample', () => {
  beforeAll(async () => {
    warehouse = await createWarehouse();
  });
  afterAll(() => warehouse?.close());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'elt-source-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it.each([
    ['in its words', "SELECT 'é😀';\n\nCRATE TABLE t (a integer);", ':3:1: syntax error at or near "CRATE"'],
    [
      'in a name',
      '-- one\nSELECT 1;\nINSERT INTO nowhere.t\n  VALUES (1);',
      ':3:13: relation "nowhere.t" does not exist',
    ],
    [
      'in its values',
      "CREATE TABLE t (a integer);\n/* a\ncomment */\nINSERT INTO t\nVALUES (1 / 0);\nSELECT ';';",
      ':4: division by zero',
    ],
    [
      'in a function',
      "DO $$ BEGIN\n  PERFORM 'x;y'::integer;\nEND $$;",
      ':1: invalid input syntax for type integer',
    ],
  ])('%s is told with file and line', async (_, content, message) => {
    await write(content);

    await expect(create()).rejects.toMatchObject({
      name: 'InvalidConfig',
      message: expect.stringMatching(
        new RegExp(`/source\\.sql${message}.* Correct the file and start again\\.$`),
      ),
    });
  });

  it('is told of the file it is in', async () => {
    await write('SELECT 1;');
    await writeFile(join(folder, 'many-sales.sql'), 'SELECT 1;\n\nINSERT INTO mart.sales VALUES (1);');

    await expect(create(5)).rejects.toThrow(/many-sales\.sql:3:13: relation "mart\.sales" does not exist/);
  });

  it('is none where the file begins with a byte order mark', async () => {
    await write('\uFEFFSELECT 1;');

    await expect(create()).resolves.toBeUndefined();
  });
});
