import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../../src/clock.ts';
import { connect } from '../../../src/local/warehouse/session/connect.ts';
import { countRows } from '../../../src/statements/count-rows.ts';
import { followStatement } from '../../../src/statements/follow.ts';
import type { StatementRecord } from '../../../src/statements/record.ts';
import { startStatement } from '../../../src/statements/start.ts';
import type { StepRequest } from '../../../src/statements/step-request.ts';
import { holdTransaction } from '../../fixtures/held-transaction.ts';
import { type LocalRedshift, startLocalRedshift } from '../../fixtures/local-redshift.ts';
import { openGuard, stepRequest } from '../../fixtures/step-request.ts';

let redshift: LocalRedshift;
let runs = 0;
let openSession: LocalRedshift['warehouse']['open'];

/** Pauses are over at once. */
const clock: Clock = { now: Date.now, sleep: async () => {} };
const context = () => ({
  ...{ api: redshift.client, clock, random: () => 0, guard: openGuard },
  remainingMs: () => 300_000,
});

function step(sqls: readonly string[], rest: Partial<StepRequest> = {}): StepRequest {
  runs += 1;
  const name = `run-${runs}`;
  return {
    ...stepRequest,
    sqls: [...sqls],
    parameters: {},
    target: { clusterIdentifier: 'redshiftcluster-abcd', database: 'dev', dbUser: 'runtime' },
    execution: { ...stepRequest.execution, name, arn: `arn:${name}` },
    stateEnteredAt: new Date(clock.now()).toISOString(),
    ...rest,
  };
}

/** As the state machine does it, but for its waits. */
async function runToEnd(request: StepRequest): Promise<StatementRecord> {
  let statement = await startStatement(context(), request);
  while (!statement.complete) statement = await followStatement(context(), { ...request, statement });
  return statement;
}

const count = () => countRows(context(), { ...step([]), pipeline: 'load-orders' }, ['mart.numbers']);

/** Kills the session of the runtime user that runs this. */
async function kill(text: string): Promise<void> {
  const client = new pg.Client(await redshift.warehouse.connection('dev', 'runtime'));
  await client.connect();
  const sql = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE usename = 'runtime' AND state = 'active' AND pid <> pg_backend_pid() AND query LIKE $1`;
  await expect.poll(async () => (await client.query(sql, [`%${text}%`])).rowCount).toBeGreaterThan(0);
  await client.end();
}

/** The next sessions are looked for where nothing listens. */
function refuseSessions(howMany: number): void {
  let refused = 0;
  redshift.warehouse.open = async (database, user) => {
    refused += 1;
    if (refused > howMany) return openSession(database, user);
    const nowhere = { ...(await redshift.warehouse.connection(database, user)), port: 1 };
    await connect(
      nowhere,
      { isRedshift: true, isReadOnly: false, maxResultBytes: 1 },
      { onMessage: () => {}, onEnd: () => {} },
    );
    return openSession(database, user);
  };
}

/** Sessions that were open before would be used again. */
async function closeSessions(): Promise<void> {
  await redshift.close();
  await begin();
}

async function begin(): Promise<void> {
  redshift = await startLocalRedshift();
  openSession = redshift.warehouse.open;
  await redshift.run('CREATE SCHEMA mart');
  await redshift.run('CREATE TABLE mart.numbers (n integer)');
  await redshift.run('INSERT INTO mart.numbers SELECT 1');
  await redshift.run('GRANT USAGE ON SCHEMA mart TO runtime');
  await redshift.run('GRANT SELECT, UPDATE ON mart.numbers TO runtime');
}

const failures = ({ failedAttempts = [] }: StatementRecord) => failedAttempts.map(({ failure }) => failure);

describe('what fails by a cause that passes', () => {
  beforeAll(begin);
  beforeEach(async () => {
    await redshift.run('UPDATE mart.numbers SET n = 1');
  });
  afterAll(() => redshift.close());

  it('succeeds as a step whose connection was killed, and has its effect once', async () => {
    const held = await holdTransaction(redshift.warehouse, 'LOCK TABLE mart.numbers');
    const running = runToEnd(step(['UPDATE mart.numbers SET n = n + 10', 'SELECT 1']));
    await held.untilWaitedFor();
    await kill('n + 10');
    await held.commit();

    expect(failures(await running)).toEqual(['ambiguous']);
    expect(await count()).toEqual({ 'mart.numbers': 1 });
    await expect(
      runToEnd(step(['SELECT 1 / (CASE n WHEN 11 THEN 1 ELSE 0 END) FROM mart.numbers'])),
    ).resolves.toMatchObject({
      complete: true,
    });
  });

  it('succeeds as a step that another transaction got in the way of', async () => {
    const held = await holdTransaction(redshift.warehouse, 'UPDATE mart.numbers SET n = 2');
    const running = runToEnd(step(['UPDATE mart.numbers SET n = 3', 'SELECT 1']));
    await held.untilWaitedFor();
    await held.commit();

    expect(failures(await running)).toEqual(['conflict']);
  });

  it('succeeds as a check whose connection was killed', async () => {
    const held = await holdTransaction(redshift.warehouse, 'LOCK TABLE mart.numbers');
    const check = { severity: 'fail', showRows: false, description: 'numbers below zero' } as const;
    const sqls = ['SELECT count(*) FROM mart.numbers WHERE n < 0', 'SELECT 1'];
    const running = runToEnd(step(sqls, { check }));
    await held.untilWaitedFor();
    await kill('n < 0');
    await held.commit();

    const record = await running;
    expect(failures(record)).toEqual(['ambiguous']);
    expect(record).toMatchObject({ complete: true, wrongRows: 0 });
  });

  it('succeeds as a count whose connection was killed', async () => {
    const held = await holdTransaction(redshift.warehouse, 'LOCK TABLE mart.numbers');
    const counting = count();
    await held.untilWaitedFor();
    await kill('staged_rows');
    await held.commit();

    await expect(counting).resolves.toEqual({ 'mart.numbers': 1 });
  });

  it('succeeds as a step for which no connection could be opened, twice', async () => {
    await closeSessions();
    refuseSessions(2);

    expect(failures(await runToEnd(step(['SELECT 1', 'SELECT 2'])))).toEqual(['unavailable', 'unavailable']);
  });

  it('succeeds as a count for which no connection could be opened, when the state machine has paused', async () => {
    await closeSessions();
    refuseSessions(1);
    const request = { ...step([]), pipeline: 'load-orders' };
    let movedMs = 0;
    const later = { ...context(), clock: { ...systemClock, now: () => Date.now() + movedMs } };

    await expect(countRows(later, request, ['mart.numbers'])).rejects.toMatchObject({
      name: 'RedshiftUnavailable',
      message: expect.stringMatching(/Connection to .+:1 refused\. Check that the hostname and port/),
    });
    movedMs = 60_000;
    await expect(countRows(later, request, ['mart.numbers'])).resolves.toEqual({ 'mart.numbers': 1 });
  });
});
