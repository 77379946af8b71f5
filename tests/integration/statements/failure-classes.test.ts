import { CancelStatementCommand, ListStatementsCommand } from '@aws-sdk/client-redshift-data';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../../src/clock.ts';
import { AwsError } from '../../../src/local/aws-error.ts';
import { followStatement } from '../../../src/statements/follow.ts';
import { type StartContext, startStatement } from '../../../src/statements/start.ts';
import type { StepRequest } from '../../../src/statements/step-request.ts';
import { holdTransaction } from '../../fixtures/held-transaction.ts';
import { type LocalRedshift, startLocalRedshift } from '../../fixtures/local-redshift.ts';
import { openGuard, stepRequest } from '../../fixtures/step-request.ts';

const DAY_MS = 24 * 3_600_000;

let redshift: LocalRedshift;
let offsetMs = 0;
let apiFault: AwsError | undefined;
let runs = 0;

/** The machine's time, moved on by as much as a test says. */
const clock: Clock = { now: () => Date.now() + offsetMs, sleep: systemClock.sleep };

/** A step whose failures are not tried again, so that the error shows their class. */
function step(...sqls: string[]): StepRequest {
  runs += 1;
  const name = `run-${runs}`;
  return {
    ...stepRequest,
    sqls,
    parameters: {},
    policy: { timeoutSeconds: 60, attempts: 1, retryOn: [], commits: false },
    target: { clusterIdentifier: 'redshiftcluster-abcd', database: 'dev', dbUser: 'runtime' },
    execution: { ...stepRequest.execution, name, arn: `arn:${name}` },
    stateEnteredAt: new Date(clock.now()).toISOString(),
  };
}

const context = (): StartContext & { remainingMs(): number } => ({
  api: redshift.client,
  clock,
  random: () => 0,
  guard: openGuard,
  remainingMs: () => 60_000,
});

async function run(request: StepRequest): Promise<unknown> {
  const statement = await startStatement(context(), request);
  return followStatement(context(), { ...request, statement });
}

/** Another session of the same user: it may see and end what the first one runs. */
async function asRuntime(work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client(await redshift.warehouse.connection('dev', 'runtime'));
  await client.connect();
  return work(client).finally(() => client.end());
}

/** Waits until a query of the runtime user runs that holds this text. */
const untilRuns = (client: pg.Client, text: string) =>
  expect
    .poll(async () => {
      const sql = `SELECT pid FROM pg_stat_activity WHERE usename = 'runtime' AND state = 'active' AND query LIKE $1`;
      return (await client.query(sql, [`%${text}%`])).rowCount;
    })
    .toBeGreaterThan(0);

describe('a failure that really happens', () => {
  beforeAll(async () => {
    const intercept = async (_call: unknown, next: () => Promise<object | undefined>) => {
      if (apiFault !== undefined) throw apiFault;
      return next();
    };
    redshift = await startLocalRedshift({ clock, intercept });
    await redshift.run('CREATE SCHEMA mart');
    await redshift.run('CREATE TABLE mart.numbers (n integer)');
    await redshift.run('INSERT INTO mart.numbers SELECT 1');
    await redshift.run('GRANT USAGE ON SCHEMA mart TO runtime');
    await redshift.run('GRANT SELECT, UPDATE, DELETE ON mart.numbers TO runtime');
  });
  afterAll(() => redshift.close());

  it('is a conflict when another transaction has changed the same rows', async () => {
    const other = await holdTransaction(redshift.warehouse, 'UPDATE mart.numbers SET n = 2');
    const running = run(step('UPDATE mart.numbers SET n = 3'));
    running.catch(() => {});
    await other.untilWaitedFor();
    await other.commit();

    await expect(running).rejects.toMatchObject({
      name: 'StatementFailed',
      message: expect.stringMatching(/1023.*failure class conflict/s),
    });
  });

  it('is a cancellation when a statement exceeds its limit of time, in Redshift’s words, and the cause names the setting', async () => {
    await expect(run(step('SET statement_timeout TO 50', 'SELECT pg_sleep(5)'))).rejects.toMatchObject({
      name: 'StatementFailed',
      message: expect.stringMatching(
        /canceled on user's request.*statement_timeout.*failure class cancelled/s,
      ),
    });
  });

  it('is of no known class when a procedure raises it, whatever its words', async () => {
    for (const text of ['deadlock detected', 'permission denied for relation x', 'is staged twice']) {
      await redshift.run(
        `CREATE OR REPLACE PROCEDURE mart.sp_raise() AS $$ BEGIN RAISE EXCEPTION '${text}'; END; $$ LANGUAGE plpgsql`,
      );
      await redshift.run('GRANT EXECUTE ON PROCEDURE mart.sp_raise() TO runtime');

      await expect(run(step('CALL mart.sp_raise()'))).rejects.toMatchObject({
        message: expect.stringMatching(new RegExp(`${text}.*failure class other`, 's')),
      });
    }
  });

  it('is ambiguous when the connection is lost', async () => {
    await asRuntime(async (other) => {
      const running = run(step('SELECT pg_sleep(20)'));
      running.catch(() => {});
      await untilRuns(other, 'pg_sleep(20)');
      await other.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(20)' AND state = 'active'",
      );

      await expect(running).rejects.toMatchObject({
        name: 'StatementFailed',
        message: expect.stringContaining('failure class ambiguous'),
      });
    });
  });

  it('is a cancellation when somebody cancels the statement', async () => {
    const running = run(step('SELECT pg_sleep(20)'));
    running.catch(() => {});
    await asRuntime((client) => untilRuns(client, 'pg_sleep(20)'));
    const { Statements } = await redshift.client.send(new ListStatementsCommand({ Status: 'STARTED' }));
    await redshift.client.send(new CancelStatementCommand({ Id: Statements?.[0]?.Id }));

    await expect(running).rejects.toMatchObject({
      name: 'StatementAborted',
      message: expect.stringContaining('failure class cancelled'),
    });
  });

  it('is a permission that is missing', async () => {
    await expect(run(step('INSERT INTO mart.numbers SELECT 5'))).rejects.toMatchObject({
      name: 'StatementFailed',
      message: expect.stringMatching(/permission denied.*failure class permission/s),
    });
  });

  it('is an object that is missing', async () => {
    await expect(run(step('CALL mart.sp_missing()'))).rejects.toMatchObject({
      name: 'StatementFailed',
      message: expect.stringMatching(/sp_missing.*failure class missing-object/s),
    });
  });

  it('is of no known class when it is the statement’s own', async () => {
    await expect(run(step('SELECT 1 / 0'))).rejects.toMatchObject({
      name: 'StatementFailed',
      message: expect.stringMatching(/division by zero.*failure class other/s),
    });
  });

  it('is lost when a day has passed since', async () => {
    const request = step('SELECT 1');
    const statement = { ...(await startStatement(context(), request)), complete: false };
    offsetMs += DAY_MS + 60_000;

    await expect(followStatement(context(), { ...request, statement })).rejects.toMatchObject({
      name: 'StatementLost',
    });
  });

  it.each([
    ['plainly', new AwsError('ThrottlingException', 'Rate exceeded')],
    ['in a validation error', new AwsError('ValidationException', 'ThrottlingException: Rate exceeded')],
    [
      'as too many statements',
      new AwsError('ActiveStatementsExceededException', 'Active statements exceeded'),
    ],
  ])('is throttling when the API says so %s, and the state machine tries again', async (_, fault) => {
    apiFault = fault;

    await expect(run(step('SELECT 1'))).rejects.toMatchObject({ name: 'RedshiftUnavailable' });
    apiFault = undefined;
  });

  it('is an API that cannot be reached when nothing listens', async () => {
    const { client } = redshift;
    client.config.endpoint = async () => ({ protocol: 'http:', hostname: '127.0.0.1', port: 1, path: '/' });

    await expect(run(step('SELECT 1'))).rejects.toMatchObject({ name: 'RedshiftUnavailable' });
  });
});
