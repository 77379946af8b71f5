import { describe, expect, it } from 'vitest';
import { definePipeline } from '../../../src/definition/define-pipeline.ts';
import { parseMigration } from '../../../src/migrations/parse-migration.ts';
import { stagedColumnsMigration } from '../../../src/migrations/staged-columns.ts';

const placeholders = { owner: 'owner', runtime: 'runtime', dms: 'dms' };

const pipeline = definePipeline({
  name: 'load-mart',
  tasks: ['t'],
  stagedTables: ['mart.sale', { table: 'mart.known', columns: { id: 'integer' } }],
  steps: { Load: { call: 'mart.p' } },
});
const planned = (...sqls: readonly string[]) => {
  const files = sqls.map((sql, index) => parseMigration(`V${index + 1}__x.sql`, sql, placeholders));
  return stagedColumnsMigration([pipeline], files, 'runtime')[0];
};

describe('the record of staged columns', () => {
  it.each([
    'ALTER TABLE mart.sale ADD COLUMN x integer;',
    'ALTER TABLE MART."sale" ADD COLUMN x integer;',
    'DROP TABLE mart.sale;',
  ])('is made anew after a file that names the table: %s', (sql) => {
    expect(planned('SELECT 1;', sql)?.checksum).not.toBe(planned('SELECT 1;')?.checksum);
  });

  it.each(['ALTER TABLE mart.sale_old ADD COLUMN x integer;', 'ALTER TABLE other.x ADD COLUMN y integer;'])(
    'stays as it is after a file that names another: %s',
    (sql) => {
      expect(planned('SELECT 1;', sql)?.checksum).toBe(planned('SELECT 1;')?.checksum);
    },
  );

  it('leaves out tables whose columns the definition names', () => {
    expect(planned()?.statements.at(-1)?.text).toBe("CALL elt.sp_record_columns('mart.sale')");
  });
});
