import { ListExecutionsCommand, StopExecutionCommand, UntagResourceCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FUNCTION_ACTIONS, FUNCTION_ROLES } from '../../../src/compile/template/function-permissions.ts';
import { holdTransaction } from '../../fixtures/held-transaction.ts';
import { permissionsOf } from '../../fixtures/package/cloudformation/role-permissions.ts';
import type { PackagedService } from '../../fixtures/package/packaged-service.ts';
import { readEvent } from '../../fixtures/sample-event.ts';
import { allows } from './allowed-calls.ts';
import { COMPANY_MACHINE, SECOND_TASK, startPackagedSample } from './packaged-sample.ts';
import { MACHINE, type PackagedStack, PIPELINE, TASK } from './packaged-stack.ts';

/** What functions call themselves; the README has a table of what comes with it. */
const CALLED = /^(?:dms|redshift-data|sns|states):/;

type Request = Readonly<Record<string, unknown>> & {
  readonly policy: object;
  readonly execution: object;
};

let service: PackagedService;
let packaged: PackagedStack;
let close: () => Promise<void>;

describe('the packaged functions', () => {
  // The bundles as they are packaged, in the local stack, doing all that they may ever do.
  beforeAll(async () => {
    ({ service, packaged, close } = await startPackagedSample());
  });
  afterAll(() => close());

  it('take a load to production, and somebody is told', async () => {
    await packaged.startLoad();
    await packaged.runsEnded();

    expect(packaged.notifications).toEqual([expect.stringContaining('production shows the load')]);
  });

  it('run a pipeline of two tasks when both have loaded, twice', async () => {
    const runsAfter = async (task: string) => {
      await packaged.startLoad(task);
      await packaged.runsEnded();
      const { executions = [] } = await packaged.sfn.send(
        new ListExecutionsCommand({ stateMachineArn: COMPANY_MACHINE }),
      );
      return executions.map(({ status }) => status);
    };

    const seen = [];
    for (const task of [SECOND_TASK, SECOND_TASK, TASK]) seen.push(await runsAfter(task));

    expect(seen).toEqual([['SUCCEEDED'], ['SUCCEEDED'], ['SUCCEEDED', 'SUCCEEDED']]);
  });

  it('measure rows, duration, attempts and lag', () => {
    const measured = packaged.logs.filter((line) => line.includes('"_aws"')).map((line) => JSON.parse(line));
    const one = (name: string) => measured.find((metrics) => name in metrics);

    expect(one('StagedRows')).toMatchObject({ StagedRows: 9, DetectionLag: expect.any(Number) });
    expect(one('StatementAttempts')).toMatchObject({
      StatementAttempts: 1,
      StatementDuration: expect.any(Number),
      step: expect.any(String),
    });
    expect(one('RunsPublished')).toMatchObject({ RunsPublished: 1 });
  });

  it('answer their sample events', async () => {
    const names = ['start-run', 'sweep-loads', 'take-turn', 'start-statement', 'stop-statements'];
    const files = [...names, 'notify-outcome', 'verify-load'].map((name) => [name, `${name}.json`] as const);
    for (const [name, file] of [...files, ['notify-outcome', 'notify-outcome-load-failed.json']] as const) {
      const answer = await packaged.invoke(name, await readEvent(file));

      expect(answer, name).not.toHaveProperty('errorType');
    }
  });

  it('ask DMS why a task has stopped where the event does not say', async () => {
    const event = await readEvent('start-run.json');
    const detail = { ...event.detail, detailMessage: 'Replication task stopped' };

    const answer = await packaged.invoke('notify-outcome', {
      ...event,
      time: new Date().toISOString(),
      detail,
    });

    expect(answer).toMatchObject({
      outcome: 'ignored',
      reason: 'no message is needed: the load has finished',
    });
  });

  it('answer the sample event of check-statement, for a statement that is there', async () => {
    const statement = await packaged.invoke('start-statement', await readEvent('start-statement.json'));

    const answer = await packaged.invoke('check-statement', {
      ...(await readEvent('check-statement.json')),
      statement,
    });

    expect(answer).toMatchObject({ id: statement.id, status: 'FINISHED', complete: true });
  });

  it('hold and release a pipeline on request', async () => {
    const held = await packaged.invoke('start-run', { pipeline: PIPELINE, reason: 'repairs', hold: true });
    const released = await packaged.invoke('start-run', {
      pipeline: PIPELINE,
      reason: 'done',
      release: true,
    });

    expect([held.outcome, released.outcome]).toEqual(['held', 'already-started']);
  });

  it('start by a sweep what was held when its event came', async () => {
    await packaged.invoke('start-run', { pipeline: PIPELINE, reason: 'repairs', hold: true });
    await packaged.startLoad();
    await packaged.stack.idle();
    await packaged.sfn.send(new UntagResourceCommand({ resourceArn: MACHINE, tagKeys: ['elt-hold'] }));

    const { started } = await packaged.invoke('sweep-loads', {});
    await packaged.runsEnded();

    expect(started).toBe(1);
  });

  it('submit outside of a transaction where a procedure commits, and look a step up after a redrive', async () => {
    const request = await readEvent<Request>('start-statement.json');
    const policy = { ...request.policy, commits: true };

    const first = await packaged.invoke('start-statement', { ...request, step: 'Outside', policy });
    const execution = { ...request.execution, redriveCount: 1, redrivenAt: new Date().toISOString() };
    const again = await packaged.invoke('start-statement', {
      ...request,
      step: 'Outside',
      policy,
      execution,
    });

    expect(again.id).toBe(first.id);
  });

  it('are not removed while a run is alive; cancel what a stopped run has left running', async () => {
    const blocker = await holdTransaction(packaged.stack.warehouse, 'LOCK TABLE dbo.dim_cust');
    const stopsMeasured = () => packaged.logs.filter((line) => line.includes('"StatementsStopped":')).length;
    const before = stopsMeasured();
    await packaged.startLoad();
    await blocker.untilWaitedFor();
    await expect(packaged.removeStage(), 'sls remove').rejects.toThrow(
      `of ${PIPELINE}. Wait for its end or stop it`,
    );

    await packaged.sfn.send(
      new StopExecutionCommand({ executionArn: await packaged.runningExecution(), cause: 'by hand' }),
    );

    // Not until all is idle: what else fails is tried again for minutes.
    await expect.poll(() => packaged.notifications.at(-1)).toContain('was stopped');
    await expect.poll(stopsMeasured).toBeGreaterThan(before);
    await blocker.commit();
  });

  it.each(Object.entries(FUNCTION_ROLES))(
    'make the calls that %s allows, and no others',
    (role, functions) => {
      const permissions = permissionsOf(service.template, role);
      const calls = functions.flatMap((name) => packaged.callsOf(name));
      const made = new Set(calls.map(({ action }) => action));
      const called = permissions.flatMap(({ actions }) => actions).filter((action) => CALLED.test(action));
      const refused = calls.filter(({ action, resource }) => !allows(permissions, action, resource));
      const unused = called.filter((action) => !made.has(action));

      expect(refused).toEqual([]);
      expect(unused).toEqual([]);
    },
  );

  it.each(Object.entries(FUNCTION_ACTIONS))(
    'make as %s the calls in the table that roles are made of',
    (name, actions) => {
      const made = packaged.callsOf(name).map(({ action }) => action);

      expect([...actions]).toEqual(expect.arrayContaining(made));
    },
  );
});
