import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createChaos } from '../../../src/local/chaos/chaos.ts';
import { CHAOS_KIND_NAMES } from '../../../src/local/chaos/kinds.ts';
import { createHurriedClock } from '../../../src/local/clocks.ts';
import type { SampleStackOptions } from '../../../src/local-stage/fill-sample-stack.ts';
import { auditTableName, fenceTableName } from '../../../src/names/elt-tables.ts';
import { holdTransaction } from '../../fixtures/held-transaction.ts';
import { extent } from '../../fixtures/runner/extent.ts';
import { type Sample, startSample } from '../sample-stack.ts';
import { auditedPipeline, BREAKAGES, type Breakage, NAMELESS, REPAIRED_STAGING } from './audited-pipeline.ts';
import { type ProductionReader, startReader } from './production-reader.ts';

const LOADS = extent(3, 50);
const PIPELINE = 'redshift-elt-load-customer-sales';

let sample: Sample;
let reader: ProductionReader;
let loads: number;
/** Loads whose customers, and whose sales, were published, the last one last. */
let published: { customers: number[]; sales: number[] };
let lastPublished: string;
let readsBeforeRollback: number;

/** Faults of AWS that are got over within a run: all but those of the events that start one. */
const GOT_OVER = CHAOS_KIND_NAMES.filter((kind) => !kind.endsWith('-event') && kind !== 'lagging-describe');

function disturb(rate: number): Pick<SampleStackOptions, 'waits' | 'chaos'> {
  const waits = createHurriedClock(200);
  const chaos = createChaos({ rate, seed: 1, waits, only: GOT_OVER });
  const { disturbStatement } = chaos;
  const beforeRollback = async (name: string) => {
    // The transaction that failed has written all its rows, and holds them still.
    readsBeforeRollback += 1;
    await reader.read();
    await disturbStatement.beforeRollback(name);
  };
  return { waits, chaos: { ...chaos, disturbStatement: { ...disturbStatement, beforeRollback } } };
}

/** Loads the source, each row of which shows the number of the load: in the cities of customers, the amounts of sales. */
async function load(broken?: Breakage) {
  loads += 1;
  await sample.source.transaction('next load', [
    `UPDATE dms_sample.customer SET cust_city = '${loads}'`,
    `UPDATE dms_sample.sales SET order_amt = ${loads}`,
    ...(broken ? [broken.breaks] : []),
  ]);
  await sample.load();
  return sample.lastRun();
}

async function expectPublished({ status, input = '' }: Awaited<ReturnType<typeof load>>): Promise<void> {
  expect(status).toBe('SUCCEEDED');
  published.customers.push(loads);
  published.sales.push(loads);
  lastPublished = JSON.parse(input).load.startedAt;
  await expectSeen();
}

/** What a reader sees now is what was published last. */
async function expectSeen(): Promise<void> {
  const { customers, sales } = published;
  expect(await reader.read()).toEqual({ customers: customers.slice(-1), sales: sales.slice(-1) });
}

async function recordsOf(step: string) {
  const [run] = await sample.executions();
  const sql = `SELECT count(*)::varchar FROM elt.${fenceTableName(PIPELINE, step)} WHERE load_id = '${run?.name}'`;
  return (await sample.warehouse.query('fence', sql))[0]?.[0];
}

/** Loads what an audit of the step refuses. */
async function expectRefused(broken: Breakage, step: string): Promise<void> {
  const { status, error, cause = '' } = await load(broken);
  expect({ status, error }).toEqual({ status: 'FAILED', error: 'DataCheckFailed' });
  const { errorMessage } = JSON.parse(cause);
  expect(errorMessage).toContain(`"${broken.audit}": ${broken.found};`);
  expect(errorMessage).toContain(`production still shows the load of ${lastPublished}. (step ${step} of`);
  expect(await recordsOf(step)).toBe('0');
}

const repairSource = ({ repairs }: Breakage) => sample.source.transaction('repair', [repairs]);

async function repairStaging(): Promise<void> {
  await sample.warehouse.transaction('repair', [REPAIRED_STAGING]);
  await sample.redrive();
  await expectPublished(await sample.lastRun());
}

async function start(publish: 'together' | undefined, rate = 0): Promise<void> {
  sample = await startSample({ pipelines: [auditedPipeline(publish)], ...disturb(rate) });
  reader = await startReader(sample.stack.warehouse);
  loads = 0;
  readsBeforeRollback = 0;
  published = { customers: [], sales: [] };
  await expectPublished(await load());
}

async function close(): Promise<void> {
  await reader.close();
  await sample.close();
}

const isOneOf = (numbers: readonly number[], all: readonly number[]) =>
  numbers.length === 0 || (numbers.length === 1 && all.includes(numbers[0] ?? 0));

describe.each(extent([0], [0, 0.15]))(
  'a reader of steps that are published together, where this share of what AWS does goes wrong: %d',
  (rate) => {
    beforeAll(() => start('together', rate));
    afterAll(close);

    it(`never sees a row of a load that failed an audit, nor tables of two loads: ${LOADS} loads`, async () => {
      for (let round = 1; round <= LOADS; round += 1) {
        const broken = round % 3 === 0 ? BREAKAGES[(round / 3 - 1) % BREAKAGES.length] : undefined;
        if (broken === undefined) {
          await expectPublished(await load());
          continue;
        }
        await expectRefused(broken, 'Publish_Together');
        await expectSeen();
        await repairSource(broken);
        // One load is repaired where it is, the others by the next load of the source.
        if (broken === NAMELESS) await repairStaging();
      }
      await expectPublished(await load());

      const { sights } = reader;
      const mixed = sights.filter(({ customers, sales }) => customers.join() !== sales.join());
      const refused = sights.filter(({ customers }) => !isOneOf(customers, published.customers));
      expect({ mixed, refused }).toEqual({ mixed: [], refused: [] });
      expect(new Set(sights.flatMap(({ sales }) => sales))).toEqual(new Set(published.sales));
      expect(readsBeforeRollback).toBeGreaterThanOrEqual(Math.floor(LOADS / 3));
    });

    it('sees the last load while the audits of the next one run', async () => {
      const audits = `elt.${auditTableName(PIPELINE, 'Publish_Together')}`;
      const held = await holdTransaction(
        sample.stack.warehouse,
        `LOCK TABLE ${audits} IN ACCESS EXCLUSIVE MODE`,
      );
      const loading = load();
      await held.untilWaitedFor();

      await expectSeen();

      await held.commit();
      await expectPublished(await loading);
    });
  },
);

describe.each(extent([], ['one by one']))('a reader of steps that are published %s', () => {
  beforeAll(() => start(undefined));
  afterAll(close);

  it.each(BREAKAGES)(
    'sees no row of the step that failed, and those of the step before: $audit',
    async (broken) => {
      await expectRefused(broken, broken.step);
      if (broken.step === 'Load_Sales_Fact') published.customers.push(loads);
      await expectSeen();

      await repairSource(broken);
      if (broken === NAMELESS) await repairStaging();
      await expectPublished(await load());

      const refused = reader.sights.filter(
        ({ customers, sales }) =>
          !isOneOf(customers, published.customers) || !isOneOf(sales, published.sales),
      );
      expect(refused).toEqual([]);
    },
  );
});
