import { readFileSync } from 'node:fs';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { ownTableMigrations } from '../../src/migrations/own-tables.ts';
import { splitSql } from '../../src/sql-text.ts';
import { holdTransaction } from '../fixtures/held-transaction.ts';
import type { DataApiStage } from './data-api-stage.ts';
import { clientConfig, createMovedClock, startLocal } from './local-stack.ts';
import { WAREHOUSE_STEPS } from './warehouse-steps.ts';

const SQL = 'CREATE SCHEMA elt; CREATE SCHEMA staging; CREATE SCHEMA mart;';
const TABLES = `
CREATE TABLE staging.sales (id integer);
CREATE TABLE staging.stock (id integer);
CREATE TABLE mart.spoiled (id integer);
CREATE TABLE mart.applied (step varchar(64), load_id varchar(80));
CREATE PROCEDURE mart.sp_apply(step varchar(64), load_id varchar(80)) AS $$
BEGIN
  INSERT INTO mart.applied VALUES (step, load_id);
END;
$$ LANGUAGE plpgsql;`;
const PROCEDURES = ['fence', 'audit'].map((name) =>
  readFileSync(new URL(`../../sql/migrations/R__procedure_${name}.sql`, import.meta.url), 'utf8'),
);

/** The local Data API over PostgreSQL, through the SDK's client. */
export async function localDataApi(): Promise<DataApiStage> {
  const clock = createMovedClock();
  const aws = await startLocal({ clock });
  const session = await aws.warehouse.open('dev', 'owner');
  const tables = ownTableMigrations([WAREHOUSE_STEPS], 'nobody').flatMap(({ statements }) =>
    statements.map(({ text }) => text),
  );
  const scripts = [...splitSql(SQL), ...splitSql(TABLES), ...PROCEDURES.flatMap(splitSql), ...tables];
  for (const sql of scripts) if (!sql.startsWith('GRANT')) await session.execute(sql);
  const api = new RedshiftDataClient(clientConfig(aws));
  return {
    api,
    async fill(table, rows) {
      await session.execute(`DELETE FROM ${table}`);
      for (let id = 1; id <= rows; id += 1) await session.execute(`INSERT INTO ${table} VALUES (${id})`);
    },
    hold: async (table) => (await holdTransaction(aws.warehouse, `LOCK ${table}`)).commit,
    async applied(step) {
      const sql = `SELECT load_id FROM mart.applied WHERE step = '${step}'`;
      const { rows = [] } = await session.execute(sql);
      return rows.map(([id]) => String(id));
    },
    async spoil(_step, _load, rows) {
      for (let row = 1; row <= rows; row += 1)
        await session.execute('INSERT INTO mart.spoiled VALUES (NULL)');
    },
    repair: async () => void (await session.execute('DELETE FROM mart.spoiled')),
    pass: async (ms) => clock.pass(ms),
    async close() {
      api.destroy();
      await session.close();
      await aws.close();
    },
  };
}
