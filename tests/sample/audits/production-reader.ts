import pg from 'pg';
import { systemClock } from '../../../src/clock.ts';
import type { Warehouse } from '../../../src/local/contracts.ts';

/** The loads whose rows a reader has found in dimension and facts, in one statement; none where a table is empty. */
export interface Sight {
  readonly customers: readonly number[];
  readonly sales: readonly number[];
}

/** Somebody who reads production all the time, at a connection of their own. */
export interface ProductionReader {
  /** What was seen so far. */
  readonly sights: readonly Sight[];
  /** Reads once more, now. */
  read(): Promise<Sight>;
  /** @throws what a read has thrown */
  close(): Promise<void>;
}

/** Each row shows its load: `cust_city` and `order_amt` are its number. */
const SHOWN = `SELECT
  ARRAY(SELECT DISTINCT cust_city::numeric::integer FROM dbo.dim_cust ORDER BY 1) AS customers,
  ARRAY(SELECT DISTINCT order_amt::integer FROM dbo.fact_sales ORDER BY 1) AS sales`;

const PAUSE_MS = 10;

export async function startReader(warehouse: Warehouse): Promise<ProductionReader> {
  const client = new pg.Client(await warehouse.connection('dev', 'owner'));
  await client.connect();
  await client.query('SET default_transaction_isolation = "read committed"');
  const sights: Sight[] = [];
  const closing = new AbortController();
  const read = async () => {
    const { rows } = await client.query<Sight>(SHOWN);
    const [sight] = rows;
    if (sight === undefined) throw new Error('the query answers one row');
    sights.push(sight);
    return sight;
  };
  const reading = (async () => {
    while (!closing.signal.aborted) {
      await read();
      await systemClock.sleep(PAUSE_MS, closing.signal).catch(() => undefined);
    }
  })();
  // Thrown when it is closed.
  reading.catch(() => undefined);
  return {
    sights,
    read,
    close: async () => {
      closing.abort();
      await reading.finally(() => client.end());
    },
  };
}
