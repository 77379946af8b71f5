import { RedriveExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ERROR_TABLE, errorEntry } from '../../../src/errors/error-table.ts';
import { extent } from '../../fixtures/runner/extent.ts';
import { CUSTOMERS, letGo, RIGHT_CUSTOMERS, RIGHT_PROCEDURE, SALES } from './breakages.ts';
import { DATA_CASES } from './data-cases.ts';
import { type Night, PIPELINE, RIGHT, startNight } from './night.ts';
import { SERVICE_CASES } from './service-cases.ts';
import { restoreShape, SHAPE_CASES } from './shape-cases.ts';
import { STATEMENT_CASES } from './statement-cases.ts';

/** Every cause of the table that a run can end with, but those that nobody has to do anything about. */
const REPAIR_CASES = [...STATEMENT_CASES, ...DATA_CASES, ...SHAPE_CASES, ...SERVICE_CASES];

/** `npm test` tries a cause of every sixth error. */
const FIRST_OF_ERROR = REPAIR_CASES.filter(
  (one) => REPAIR_CASES.find(({ error }) => error === one.error) === one,
);
const TRIED = extent(
  FIRST_OF_ERROR.filter((_, index) => index % 6 === 0),
  REPAIR_CASES,
);

let night: Night;

/** The commands below a cause in a notification. */
function commandsOf(notification: string, error: string, when: string): readonly string[] {
  const { repair = '' } = errorEntry(error).advice.find((advice) => advice.when === when) ?? {};
  const lines = notification.split('\n');
  const head = lines.indexOf(when === 'In any case' ? repair : `${when}. ${repair}`);
  expect(`${head >= 0 ? 'told' : 'not told'}: ${when}`).toBe(`told: ${when}`);
  const rest = lines.slice(head + 1);
  const end = rest.findIndex((line) => !line.startsWith('  '));
  return rest.slice(0, end).map((line) => line.trim());
}

describe('what a notification advises', () => {
  // One night after the other on one stack: each begins with everything as it should be.
  beforeAll(async () => {
    night = await startNight();
    await night.sample.load();
  });
  afterEach(async () => {
    night.calls.allow();
    await letGo();
    await night.settle();
    await night.deploy(RIGHT);
    await night.asOwner(RIGHT_PROCEDURE, RIGHT_CUSTOMERS);
    await restoreShape(night);
    await night.inSource(
      ...['customer', 'sales'].map((table) => `DELETE FROM dms_sample.${table}`),
      `INSERT INTO dms_sample.customer VALUES ${CUSTOMERS}`,
      `INSERT INTO dms_sample.sales VALUES ${SALES}`,
    );
  });
  afterAll(() => night.sample.close());

  it('is carried out here for every cause of the table', () => {
    const runEnds = Object.entries(ERROR_TABLE).filter(([, { endsRuns }]) => endsRuns);
    const causes = [...runEnds, ['any other', errorEntry('')] as const].flatMap(([name, { advice }]) =>
      advice.filter(({ verbs }) => verbs.length > 0).map(({ when }) => `${name}: ${when}`),
    );

    expect(REPAIR_CASES.map(({ error, when }) => `${error}: ${when}`).toSorted()).toEqual(causes.toSorted());
  });

  it.each(TRIED)('leads to production: $error, $when', async (one) => {
    await one.breakIt(night);
    await (one.run?.(night) ?? night.sample.load('reload-target'));
    const failed = (await night.sample.executions()).find(({ status }) =>
      ['FAILED', 'ABORTED'].includes(status),
    );
    await night.sample.stack.idle();
    const notification = night.notificationOf(failed?.arn ?? '');
    if (one.error !== 'any other') expect(notification).toContain(`\nError: ${one.error}\n`);

    await one.repair?.(night);
    for (const command of commandsOf(notification, one.error, one.when))
      await night.carryOut(command, one.deployed ?? RIGHT);

    const last = await night.lastRun();
    expect(last).toMatchObject({ status: 'SUCCEEDED' });
    const { facts, source } = await night.production();
    expect(facts).toEqual(source);
    const { Load_Customer_Dim, Load_Sales_Fact } = await night.finished(last.name.replace(/-c\d+$/, ''));
    const again = one.runsAgain === 'Load_Sales_Fact' ? 2 : 1;
    expect({ Load_Customer_Dim, Load_Sales_Fact }).toEqual({ Load_Customer_Dim: 1, Load_Sales_Fact: again });
  });

  it.each(extent([], ['a newer load has come']))(
    'is nothing where %s: its run is the one that counts',
    async () => {
      await night.asOwner(RIGHT_PROCEDURE.replace('DELETE', "RAISE EXCEPTION 'boom'; DELETE"));
      await night.sample.load('reload-target');
      const old = await night.lastRun();
      await night.asOwner(RIGHT_PROCEDURE);
      await night.sample.load('reload-target');
      await night.sample.sfn.send(new RedriveExecutionCommand({ executionArn: old.arn }));
      await night.sample.stack.stepFunctions.waitForEnd(old.arn);
      await night.sample.stack.idle();

      expect(night.notificationOf(old.arn)).toContain('Error: LoadChanged\n');
      expect(commandsOf(night.notificationOf(old.arn), 'LoadChanged', 'In any case')).toEqual([]);
      expect(await night.lastRun()).toMatchObject({ status: 'SUCCEEDED' });
    },
  );

  it.each(extent([], ['the definition']))(
    'does nothing by a redrive where %s is wrong, which is why that is not advised',
    async () => {
      await REPAIR_CASES.find(
        ({ when }) => when === 'The check or the audit is wrong, or too strict',
      )?.breakIt(night);
      await night.sample.load('reload-target');
      const failed = await night.lastRun();
      await night.deploy(RIGHT);

      await night.sample.sfn.send(new RedriveExecutionCommand({ executionArn: failed.arn }));
      await night.settle();
      expect(await night.lastRun()).toMatchObject({ status: 'FAILED', error: 'DataCheckFailed' });
      await expect(
        night.sample.invoke('start-run', { pipeline: PIPELINE, reason: 'query repaired' }),
      ).resolves.toMatchObject({
        outcome: 'already-started',
        reason: expect.stringContaining(`{"pipeline":"${PIPELINE}","reason":"repaired","continue":1}`),
      });
    },
  );
});
