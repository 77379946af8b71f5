import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSampleTasks } from '../../../../src/local-stage/sample-tasks.ts';
import { orders } from '../../../fixtures/pipeline.ts';
import { useLocalDms } from './local-dms.ts';

const FOLDER = new URL('./mappings/', import.meta.url);
const FORMS = readdirSync(FOLDER).flatMap((name) => /^table-mappings\.(.+)\.json$/.exec(name)?.[1] ?? []);
const tasks = await readSampleTasks([{ ...orders, tasks: FORMS }], undefined, FOLDER);

/** The user dms may make schemas: each form makes the tables that it loads. */
const dms = useLocalDms(tasks, {
  source: readFileSync(new URL('source.sql', FOLDER), 'utf8'),
  dev: 'GRANT CREATE ON DATABASE dev TO dms',
});

const CUSTOMERS = [
  { id: 1, name: 'Ada', city: 'London', password: 'x' },
  { id: 2, name: 'Bob', city: null, password: 'y' },
  { id: 3, name: 'Cy', city: 'Paris', password: 'z' },
];
const ORDERS = [
  { id: 10, amount: 5.5, placed: '2026-01-01', paid: 'true' },
  { id: 20, amount: 7.25, placed: '2026-01-02', paid: 'false' },
  { id: 30, amount: null, placed: '2026-02-01', paid: null },
  { id: 40, amount: 1, placed: null, paid: 'true' },
];
const SALES = [
  { order_id: 1, cust_name: 'Ada', note: 'two\nlines' },
  { order_id: 2, cust_name: 'Zoé', note: null },
];
const PEOPLE = [
  { personid: 1, firstname: 'Ada' },
  { personid: 2, firstname: 'Bob' },
];

/** What each form is to have in the target, by the names that Redshift folds. */
const EXPECTED: Readonly<Record<string, Readonly<Record<string, readonly object[]>>>> = {
  wizard: { 'mart.customer': CUSTOMERS, 'mart.customer_tmp': [{ id: 9 }], 'mart.orders': ORDERS },
  'several-schemas': { 'crm.orders': ORDERS, 'dbo.person': PEOPLE, 'sales.orders': SALES },
  exclude: { 'crm.customer': CUSTOMERS },
  'lower-case': { 'sales.orders': SALES },
  'upper-case': { 'crm.customer': CUSTOMERS },
  prefixes: { 'dwrm.stg_customer': CUSTOMERS, 'dwrm.stg_customer_tmp': [{ id_key: 9 }] },
  filters: {
    'crm.customer': [CUSTOMERS[0] ?? {}, CUSTOMERS[2] ?? {}],
    'crm.orders': [ORDERS[0] ?? {}],
    'dbo.person': [PEOPLE[0] ?? {}],
    'sales.orders': [SALES[1] ?? {}],
  },
  'remove-column': {
    'crm.customer': CUSTOMERS.map(({ id, name, city }) => ({ id, name, city })),
    'crm.orders': ORDERS.map(({ id, placed }) => ({ id, placed })),
  },
  'rename-column': {
    'dbo.people': PEOPLE.map(({ personid, firstname }) => ({ person_key: personid, first_name: firstname })),
  },
  'add-column': {
    'crm.orders': [
      { id: 10, amount: 5.5, size: 'LARGE', label: '10/2026-01-01' },
      { id: 20, amount: 7.25, size: 'LARGE', label: '20/2026-01-02' },
      { id: 30, amount: null, size: 'SMALL', label: '30/2026-02-01' },
    ].map((row) => ({ ...row, source_schema: 'crm', operation: 'I', last_updated: null })),
  },
  'table-settings': { 'crm.orders': ORDERS },
  'load-order': { 'crm.customer': CUSTOMERS, 'crm.customer_tmp': [{ id: 9 }], 'crm.orders': ORDERS },
  'ids-out-of-order': {
    'crm.client': CUSTOMERS.map(({ id, name, password }) => ({ id, client_name: name, password })),
  },
  views: {
    'crm.orders': [ORDERS[0] ?? {}],
    'crm.rich': ORDERS.slice(0, 2).map(({ id, amount }) => ({ id, amount })),
  },
  'names-to-quote': {
    'order.line item$': [
      { 'item no': 1, 'is $select': 'a' },
      { 'item no': 2, 'is $select': null },
    ],
  },
  types: {
    'crm.orders': ORDERS.map((row) => ({ ...row, id: String(row.id), amount: rounded(row.amount) })),
  },
};

function rounded(amount: number | null): number | null {
  return amount === null ? null : Math.round(amount);
}

const TABLES = `
  SELECT schemaname || '.' || tablename AS name, format('%I.%I', schemaname, tablename) AS quoted
  FROM pg_tables WHERE tableowner = 'dms'`;
const SCHEMAS = `SELECT format('%I', nspname) AS quoted FROM pg_namespace WHERE pg_get_userbyid(nspowner) = 'dms'`;

/** The rows of all tables that DMS has made, as JSON has them; the tables are gone then. */
async function takeTargetRows(): Promise<Record<string, unknown>> {
  const session = await dms.open('dev', 'dms');
  try {
    const rows: Record<string, unknown> = {};
    for (const { name, quoted } of (await session.query(TABLES)).rows) {
      const found = await session.query(
        `SELECT to_jsonb__of_postgresql(t) AS row FROM ${quoted} t ORDER BY t::text`,
      );
      rows[name] = found.rows.map(({ row }) => row);
    }
    for (const { quoted } of (await session.query(SCHEMAS)).rows)
      await session.query(`DROP SCHEMA ${quoted} CASCADE`);
    return rows;
  } finally {
    await session.end();
  }
}

describe('table mappings as people write them', () => {
  it('come in sixteen forms, one of them with a byte order mark', () => {
    expect(FORMS).toHaveLength(16);
    expect(FORMS.toSorted()).toEqual(Object.keys(EXPECTED).sort());
    const bytes = readFileSync(new URL('table-mappings.names-to-quote.json', FOLDER));
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });

  it.each(FORMS)('load what AWS documents: %s', async (form) => {
    await dms.run(form, 'start-replication');

    expect(dms.log.filter((line) => line.startsWith(`${form}: `))).toEqual([]);
    await expect(dms.task(form)).resolves.toMatchObject({
      StopReason: 'Stop Reason FULL_LOAD_ONLY_FINISHED',
    });
    expect(await takeTargetRows()).toEqual(EXPECTED[form]);
  });
});
