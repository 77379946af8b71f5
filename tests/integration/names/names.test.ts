import { readFileSync } from 'node:fs';
import {
  BatchExecuteStatementCommand,
  DescribeStatementCommand,
  GetStatementResultCommand,
} from '@aws-sdk/client-redshift-data';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { definePipeline } from '../../../src/definition/define-pipeline.ts';
import type { Pipeline } from '../../../src/definition/pipeline.ts';
import { ownTableMigrations } from '../../../src/migrations/own-tables.ts';
import { splitSql } from '../../../src/sql-text.ts';
import { countRows } from '../../../src/statements/count-rows.ts';
import { compileStep } from '../../../src/steps/compile-step.ts';
import { type LocalRedshift, startLocalRedshift } from '../../fixtures/local-redshift.ts';

const target = { clusterIdentifier: 'redshiftcluster-abcd', database: 'dev' };
const FENCE = splitSql(
  readFileSync(new URL('../../../sql/migrations/R__procedure_fence.sql', import.meta.url), 'utf8'),
);

let redshift: LocalRedshift;
let names = 0;

/** Names as databases have them: words that SQL reserves, blanks, signs, letters of all scripts, and what breaks quoting. */
const part = fc.oneof(
  fc.constantFrom(
    'order',
    'User',
    'group',
    'select',
    'tag',
    'Person',
    'Order Details',
    'x$y',
    '#temp',
    'straße',
  ),
  fc.constantFrom(
    '表',
    'naïve',
    "o'brien",
    'a"b',
    'a.b',
    'a=1',
    'a,b',
    'a:b',
    '1st',
    '',
    ' x',
    'a\nb',
    '[x]',
    'a;b',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
  fc.string({ unit: fc.constantFrom('a', 'B', ' ', '$', '_', '-', '(', ')', "'", '"', '\\', '{', '%', 'É') }),
);

function define(schema: string, object: string): Pipeline | string {
  try {
    return definePipeline({
      name: 'hostile-names',
      tasks: ['a-task'],
      stagedTables: [`${schema}.${object}`],
      steps: { Load: { call: `${schema}.${object}` } },
    });
  } catch (error) {
    return (error as Error).message;
  }
}

/** As a database administrator writes it who knows nothing of this system. */
const quoted = (name: string) => `"${name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())}"`;

async function run(sqls: readonly string[]): Promise<void> {
  for (const sql of sqls) {
    const { Status, Error: error } = await redshift.run(sql);
    if (Status !== 'FINISHED') throw new Error(`${sql}: ${error}`);
  }
}

async function create(schema: string, object: string, rows: number): Promise<void> {
  const name = `${quoted(schema)}.${quoted(object)}`;
  await run([
    `CREATE SCHEMA IF NOT EXISTS ${quoted(schema)}`,
    `CREATE TABLE ${name} (x integer)`,
    ...Array.from({ length: rows }, () => `INSERT INTO ${name} VALUES (1)`),
    `CREATE PROCEDURE ${name}() AS $$ BEGIN INSERT INTO public.called SELECT 1; END; $$ LANGUAGE plpgsql`,
  ]);
}

/** Counts and calls as the functions do; drops what was made. @returns rows staged, and how often the procedure was called */
async function use({ name, steps, stagedTables }: Pipeline, number: number): Promise<object> {
  const [step] = steps;
  const [staged] = stagedTables;
  if (step === undefined || staged === undefined) throw new Error('the pipeline has both');
  const execution = { arn: `arn:run-${number}`, name: `run-${number}`, redriveCount: 0 };
  const context = {
    api: redshift.client,
    clock: systemClock,
    random: Math.random,
    remainingMs: () => 600_000,
  };
  const counts = await countRows(context, { pipeline: name, target, execution }, [staged.table]);
  const { sqls, parameters } = compileStep(name, step);
  const values = {
    ...parameters,
    load_id: `load-${number}`,
    load_started_at: '2026-01-01T00:00:00.000Z',
    staged_rows: `${staged.table}=${counts[staged.table]}`,
    execution: execution.arn,
  };
  const { Id } = await redshift.client.send(
    new BatchExecuteStatementCommand({
      ClusterIdentifier: target.clusterIdentifier,
      Database: target.database,
      Sqls: [...sqls],
      Parameters: Object.entries(values).map(([key, value]) => ({ name: key, value })),
      WaitTimeSeconds: 30,
    }),
  );
  const { Status, Error: error } = await redshift.client.send(
    new DescribeStatementCommand({ Id, WaitTimeSeconds: 30 }),
  );
  const { Id: calls } = await redshift.run('SELECT count(*) FROM public.called');
  const { Records } = await redshift.client.send(new GetStatementResultCommand({ Id: calls }));
  await run(['DELETE FROM public.called']);
  return { rows: counts[staged.table], status: Status, error, calls: Records?.[0]?.[0]?.longValue };
}

describe('names of tables and procedures', () => {
  beforeAll(async () => {
    redshift = await startLocalRedshift();
    const pipeline = define('x', 'y');
    if (typeof pipeline === 'string') throw new Error(pipeline);
    const fences = ownTableMigrations([pipeline], 'runtime').flatMap(({ statements }) => statements);
    await run(['CREATE SCHEMA elt', 'CREATE TABLE public.called (x integer)', ...FENCE]);
    await run(fences.map(({ text }) => text));
  });
  afterAll(() => redshift.close());

  it('mean the object that they name in the warehouse, or are refused in words', async () => {
    await fc.assert(
      fc.asyncProperty(part, part, fc.integer({ min: 0, max: 2 }), async (schema, object, rows) => {
        const pipeline = define(schema, object);
        if (typeof pipeline === 'string') {
          expect(pipeline).toMatch(/stagedTables\.0: must be schema\.name/);
          return;
        }
        names += 1;
        await create(schema, object, rows);

        const used = await use(pipeline, names);

        expect(used).toEqual({ rows, status: 'FINISHED', error: undefined, calls: 1 });
        const name = `${quoted(schema)}.${quoted(object)}`;
        await run([`DROP PROCEDURE ${name}()`, `DROP TABLE ${name}`]);
      }),
      { numRuns: 60 },
    );
    expect(names).toBeGreaterThan(10);
  });
});
