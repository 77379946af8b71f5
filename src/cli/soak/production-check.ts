import { ELT_SCHEMA, fenceTableName } from '../../definition/fence-table.ts';
import { customerSales } from '../../pipelines/customer-sales.ts';
import type { SoakWorld } from './soak-world.ts';

const SALES = 'SELECT order_number, cust_id, order_amt::varchar FROM dms_sample.sales ORDER BY 1';
const FACTS = `SELECT fact.order_number, customer.cust_id, fact.order_amt::varchar FROM dbo.fact_sales AS fact
  JOIN dbo.dim_cust AS customer ON customer.cust_key = fact.cust_key ORDER BY 1`;

/** Changes the source so that every load differs from the one before, in rows, amounts and customers' cities. */
export async function changeSource({ source }: SoakWorld, load: number): Promise<void> {
  const city = load % 2 === 0 ? 'new york' : 'boston';
  await source.transaction(`source of load ${load}`, [
    `INSERT INTO dms_sample.sales VALUES ('soak-${load}', '101', ${load})`,
    `UPDATE dms_sample.sales SET order_amt = order_amt + 1 WHERE order_number = '100'`,
    `UPDATE dms_sample.customer SET cust_city = '${city}' WHERE cust_id = '100'`,
  ]);
}

/** What is wrong in production after a run of the load that the source holds: nothing, or a line each. */
export async function findWrongTables({ source, warehouse }: SoakWorld): Promise<readonly string[]> {
  const [sales, facts] = [await source.query('sales', SALES), await warehouse.query('facts', FACTS)];
  if (JSON.stringify(sales) === JSON.stringify(facts)) return [];
  return [`dbo.fact_sales has ${facts.length} rows that are not the ${sales.length} of the load`];
}

/** Steps that recorded not each published load once. */
export async function findWrongEffects(
  { warehouse }: SoakWorld,
  published: readonly string[],
): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const { name } of customerSales.steps.filter((step) => step.kind === 'call')) {
    const table = `${ELT_SCHEMA}.${fenceTableName(customerSales.name, name)}`;
    const recorded = (await warehouse.query(name, `SELECT load_id FROM ${table}`)).map(([id = '']) => id);
    const counts = published.map((load) => recorded.filter((id) => id === load).length);
    counts.forEach((count, index) => {
      if (count !== 1) wrong.push(`${name} was applied ${count} times for load ${published[index]}`);
    });
    if (new Set(recorded).size !== recorded.length) wrong.push(`${name} was applied twice for a load`);
  }
  return wrong;
}
