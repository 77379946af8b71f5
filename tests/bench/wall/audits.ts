import pg from 'pg';
import { definePipeline } from '../../../src/definition/define-pipeline.ts';
import { ownTableMigrations } from '../../../src/migrations/own-tables.ts';
import { compileAudits } from '../../../src/steps/audit/compile.ts';
import type { AuditDefinition } from '../../../src/steps/audit/definition.ts';
import { isFenced } from '../../../src/steps/step.ts';
import { type LocalRedshift, startLocalRedshift } from '../../fixtures/local-redshift.ts';
import type { Figure, Findings, Measuring, Subject } from '../subject.ts';
import { shortestInTurn, timed } from './served-world.ts';

const ROWS = 2_000_000;
const AT_MOST = 2;
const ROUNDS = 3;

const define = (audit: AuditDefinition) =>
  definePipeline({
    name: 'load-mart',
    tasks: ['a-task'],
    stagedTables: ['mart.stg'],
    steps: { Load: { call: 'mart.sp_load', audit: [audit] } },
  });

async function run(
  redshift: LocalRedshift,
  sql: string,
  values: Readonly<Record<string, string>> = {},
): Promise<void> {
  const used = Object.entries(values).filter(([name]) => new RegExp(`(?<!:):${name}\\b`).test(sql));
  const Parameters = used.map(([name, value]) => ({ name, value }));
  const { Status, Error: error } = await redshift.run(sql, Parameters.length === 0 ? {} : { Parameters });
  if (Status !== 'FINISHED') throw new Error(`${sql}: ${error}`);
}

/** What the audit adds to its step, without the judgement: a statement that counts and notes, and one that shows rows. */
function audited(redshift: LocalRedshift, audit: AuditDefinition): () => Promise<void> {
  const [step] = define(audit).steps.filter(isFenced);
  const { sqls, parameters } = compileAudits('load-mart', { name: 'Load', audits: step?.audits ?? [] }, 0);
  const values = {
    ...parameters,
    load_id: 'load',
    load_started_at: '2026-11-24T01:00:00.000Z',
    execution: 'arn',
  };
  return async () => {
    for (const sql of sqls.slice(0, -1)) await run(redshift, sql, values);
  };
}

const SALE = 'mart.sale';
const REFERENCES = { references: SALE, columns: ['customer'], to: 'mart.customer', key: ['id'] } as const;
const UNREFERENCED = `SELECT count(*) FROM mart.sale LEFT JOIN mart.customer ON customer.id = sale.customer
  WHERE customer.id IS NULL AND sale.customer IS NOT NULL`;
const UNIQUE = { unique: SALE, columns: ['number'] } as const;
const TWICE =
  'SELECT count(*) FROM (SELECT number FROM mart.sale GROUP BY number HAVING count(*) > 1) AS twice';

const AUDITS: readonly (readonly [string, AuditDefinition, string])[] = [
  ['unique', UNIQUE, TWICE],
  ['unique, rows may be shown', { ...UNIQUE, showRows: true }, TWICE],
  [
    'notNull',
    { notNull: SALE, columns: ['number', 'customer'] },
    'SELECT count(*) FROM mart.sale WHERE number IS NULL OR customer IS NULL',
  ],
  ['references', REFERENCES, UNREFERENCED],
  ['references, rows may be shown', { ...REFERENCES, showRows: true }, UNREFERENCED],
  [
    'accepted',
    { accepted: SALE, column: 'flag', values: ['Y', 'N'] },
    "SELECT count(*) FROM mart.sale WHERE flag NOT IN ('Y', 'N')",
  ],
  ['rows', { rows: SALE, min: 1, change: '±20%' }, 'SELECT count(*) FROM mart.sale'],
];

async function fill(redshift: LocalRedshift): Promise<void> {
  const client = new pg.Client(await redshift.warehouse.connection('dev', 'owner'));
  await client.connect();
  await client.query(`CREATE SCHEMA elt;
    CREATE SCHEMA mart;
    CREATE TABLE mart.customer AS SELECT id FROM generate_series(1, 100000) AS id;
    CREATE TABLE mart.sale AS
      SELECT number, 1 + number % 100000 AS customer, CASE number % 3 WHEN 0 THEN 'Y' ELSE 'N' END::varchar(1) AS flag
      FROM generate_series(1, ${ROWS}) AS number;
    ANALYZE`);
  await client.end();
  for (const { statements } of ownTableMigrations([define(UNIQUE)], 'runtime'))
    for (const { text } of statements) await run(redshift, text);
}

async function measure({ tell }: Measuring): Promise<Findings> {
  const redshift = await startLocalRedshift();
  try {
    await fill(redshift);
    const figures: Figure[] = [];
    for (const [name, audit, query] of AUDITS) {
      tell(name);
      const whole = audited(redshift, audit);
      const [ours, other] = await shortestInTurn(
        ROUNDS,
        () => timed(whole),
        () => timed(() => run(redshift, query)),
      );
      figures.push({ what: name, ours: ours / other, unit: '×', bar: { most: AT_MOST }, kind: 'ratio' });
    }
    return { figures, tables: [] };
  } finally {
    await redshift.close();
  }
}

export const audits: Subject = {
  name: 'audits',
  title: 'Audits, beside the queries that a person would write',
  about: `On the wall clock, over ${ROWS.toLocaleString('en')} rows in the local warehouse: what an audit adds to its step, beside a query that counts the same rows. Shortest of ${ROUNDS} interleaved rounds.`,
  measure,
};
