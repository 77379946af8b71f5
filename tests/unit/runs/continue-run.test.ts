import { DescribeReplicationTasksCommand } from '@aws-sdk/client-database-migration-service';
import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  ListTagsForResourceCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { isFirstRun, nameRun, readRunName } from '../../../src/runs/run-name.ts';
import { type StartRunContext, startRun } from '../../../src/runs/start-run.ts';
import { createJumpingClock } from '../../fixtures/jumping-clock.ts';
import { ORDERS_TASK_ARN, orders } from '../../fixtures/pipeline.ts';

const MACHINE = 'arn:aws:states:eu-central-1:123456789012:execution:load-orders-dev:';
const task = {
  ReplicationTaskArn: ORDERS_TASK_ARN,
  Status: 'stopped',
  StopReason: 'Stop Reason FULL_LOAD_ONLY_FINISHED',
  ReplicationTaskStats: { FreshStartDate: new Date('2026-11-24T01:00:00.000Z') },
};
const taskArns = { 'orders-task': ORDERS_TASK_ARN };
const finished = {
  ...{ kind: 'finished' as const, taskArn: ORDERS_TASK_ARN, freshSince: new Date(0) },
  startedAt: new Date('2026-11-24T01:00:00.000Z'),
  isWithoutChanges: true,
  erroredTables: 0,
};
const LOAD_ID = nameRun(orders, [finished], {}).load.id;

/** Status of each execution by its name, and the inputs of those that were started here. */
let runs: Map<string, string>;
/** Lists are eventually consistent. */
let isListed: (run: [name: string, status: string]) => boolean = () => true;
/** Of the state machine. */
let tags: { key: string; value: string }[] = [];
let inputs: Record<string, { load: { id: string } }>;

const sfn = async (command: unknown) => {
  if (command instanceof ListTagsForResourceCommand) return { tags };
  if (command instanceof DescribeExecutionCommand) {
    const status = runs.get(command.input.executionArn?.slice(MACHINE.length) ?? '');
    if (status === undefined) throw Object.assign(new Error('none'), { name: 'ExecutionDoesNotExist' });
    return { status };
  }
  if (command instanceof ListExecutionsCommand)
    return { executions: [...runs].filter(isListed).map(([name, status]) => ({ name, status })) };
  if (!(command instanceof StartExecutionCommand)) throw new TypeError('unexpected command');
  const { name = '', input = '' } = command.input;
  runs.set(name, 'RUNNING');
  inputs[name] = JSON.parse(input);
  return {};
};
const dms = async (command: unknown) => {
  if (!(command instanceof DescribeReplicationTasksCommand)) throw new TypeError('unexpected command');
  return { ReplicationTasks: [task] };
};
const context = {
  ...{ dms: { send: dms }, sfn: { send: sfn }, pipelines: [orders], taskArns, stage: 'dev' },
  ...{ target: { clusterIdentifier: 'mart', database: 'dev' }, requestId: 'request-1' },
  clock: createJumpingClock('2026-11-24T01:00:11.000Z'),
} as unknown as StartRunContext;
const ask = (request: object, settings: Partial<StartRunContext> = {}) =>
  startRun({ ...context, ...settings }, { pipeline: 'load-orders', reason: 'query repaired', ...request });

describe('a request to continue', () => {
  beforeEach(() => {
    runs = new Map([[LOAD_ID, 'FAILED']]);
    inputs = {};
  });

  it('starts a run of its own name for the same load: the fence knows it by its id', async () => {
    const answer = await ask({ continue: 1 });

    expect(answer).toEqual({
      outcome: 'started',
      executionArn: `${MACHINE}${LOAD_ID}-c1`,
      reason: 'query repaired',
    });
    expect(inputs[`${LOAD_ID}-c1`]?.load.id).toBe(LOAD_ID);
  });

  it('starts nothing for a number that was used', async () => {
    await ask({ continue: 1 });
    const second = await ask({ continue: 1 });

    expect(second).toMatchObject({ outcome: 'already-started', executionArn: `${MACHINE}${LOAD_ID}-c1` });
    expect(Object.keys(inputs)).toHaveLength(1);
  });

  it('goes on with a rerun where both are asked for', async () => {
    runs.set(`${LOAD_ID}-r2`, 'FAILED');

    await ask({ rerun: 2, continue: 3 });

    expect(inputs[`${LOAD_ID}-r2-c3`]?.load.id).toBe(`${LOAD_ID}-r2`);
  });

  it('goes on with a run that runs still, or has ended well: its turn comes after that', async () => {
    runs.set(LOAD_ID, 'RUNNING');
    await expect(ask({ continue: 1 })).resolves.toMatchObject({ outcome: 'started' });
    runs.set(LOAD_ID, 'SUCCEEDED');
    await expect(ask({ continue: 2 })).resolves.toMatchObject({ outcome: 'started' });
  });

  it.each([[{ continue: 1 }], [{ rerun: 1, continue: 1 }]])(
    'is no first run: %j starts nothing where there is none',
    async (request) => {
      runs.clear();

      await expect(ask(request)).resolves.toEqual({
        outcome: 'ignored',
        reason: expect.stringMatching(/has no run that could be continued.*without "continue" starts it/),
      });
      expect(inputs).toEqual({});
    },
  );

  it('warns of steps that no fence holds', async () => {
    const steps = orders.steps.map((step) => ({ ...step, commits: true }));

    const answer = await ask({ continue: 1 }, { pipelines: [{ ...orders, steps } as typeof orders] });

    expect(answer.reason).toContain('what commits by itself is run again');
    expect(answer.reason).toContain(orders.steps[0]?.name);
  });

  it.each([[0], [1_000], [1.5], ['1'], [true], [null]])('refuses the number %j', async (number) => {
    await expect(ask({ continue: number })).rejects.toMatchObject({ name: 'InvalidEvent' });
  });

  it.each([['hold'], ['release']])('refuses to continue and %s at a time', async (verb) => {
    await expect(ask({ continue: 1, [verb]: true })).rejects.toMatchObject({ name: 'InvalidEvent' });
  });
});

describe('the answer that a load has its run already', () => {
  const next = (request: object) =>
    JSON.stringify({ pipeline: 'load-orders', reason: 'repaired', ...request });

  beforeEach(() => {
    inputs = {};
  });

  it.each([
    [{ '': 'RUNNING' }, ['wait for its end'], []],
    [
      { '': 'FAILED' },
      [`--execution-arn ${MACHINE}${LOAD_ID};`, next({ continue: 1 }), next({ rerun: 1 })],
      [],
    ],
    [{ '': 'SUCCEEDED' }, [next({ continue: 1 }), next({ rerun: 1 })], ['redrive']],
    [
      { '': 'FAILED', '-c1': 'ABORTED' },
      [`--execution-arn ${MACHINE}${LOAD_ID}-c1;`, next({ continue: 2 }), next({ rerun: 1 })],
      [],
    ],
    [
      { '': 'FAILED', '-c1': 'SUCCEEDED', '-r1': 'FAILED' },
      [`--execution-arn ${MACHINE}${LOAD_ID}-r1;`, next({ rerun: 1, continue: 1 }), next({ rerun: 2 })],
      ['SUCCEEDED'],
    ],
    [
      { '': 'FAILED', '-r1': 'SUCCEEDED' },
      ['-r1 is SUCCEEDED', next({ rerun: 1, continue: 1 }), next({ rerun: 2 })],
      ['redrive'],
    ],
    [{ '': 'SUCCEEDED', '-r1': 'RUNNING' }, ['-r1 is RUNNING: wait for its end'], ['rerun']],
    [{ '': 'SUCCEEDED', '-c1': 'FAILED' }, [next({ continue: 2 })], ['redrive']],
    [
      { '': 'FAILED', '-c5': 'SUCCEEDED', '-c2': 'FAILED' },
      ['-c5 is SUCCEEDED', next({ continue: 6 }), next({ rerun: 1 })],
      ['redrive'],
    ],
    [
      { '': 'SUCCEEDED', '-r3': 'SUCCEEDED', '-r3-c9': 'FAILED' },
      [next({ rerun: 3, continue: 10 }), next({ rerun: 4 })],
      ['redrive'],
    ],
    [{ '': 'FAILED', '-c1': 'RUNNING' }, ['-c1 is RUNNING: wait for its end'], ['redrive']],
  ])('names what leads on where runs stand so: %j', async (standing, named, not) => {
    runs = new Map(Object.entries(standing).map(([suffix, status]) => [`${LOAD_ID}${suffix}`, status]));

    const { outcome, executionArn, reason } = await ask({});

    expect({ outcome, executionArn }).toEqual({
      outcome: 'already-started',
      executionArn: `${MACHINE}${LOAD_ID}`,
    });
    for (const text of named) expect(reason).toContain(text);
    for (const text of not) expect(reason).not.toContain(text);
  });

  it('names the number of the rerun that is to be continued', async () => {
    runs = new Map([
      [LOAD_ID, 'SUCCEEDED'],
      [`${LOAD_ID}-r1`, 'FAILED'],
    ]);

    const { reason } = await ask({ rerun: 1 });

    expect(reason).toContain(next({ rerun: 1, continue: 1 }));
    expect(reason).toContain(next({ rerun: 2 }));
  });

  it('waits for a run that was started just now and is not listed yet', async () => {
    runs = new Map([[LOAD_ID, 'RUNNING']]);
    isListed = () => false;

    const { reason } = await ask({});

    isListed = () => true;
    expect(reason).toContain(`${LOAD_ID} is RUNNING: wait for its end`);
  });

  it('says that the pipeline is held, since no request starts anything then', async () => {
    runs = new Map([[LOAD_ID, 'FAILED']]);
    tags = [{ key: 'elt-hold', value: 'audit' }];

    const { reason } = await ask({});

    tags = [];
    expect(reason).toMatch(/The pipeline is held \(audit\): a request starts nothing until it is released$/);
  });

  it('names requests that start what they say', async () => {
    runs = new Map([[LOAD_ID, 'FAILED']]);
    const { reason } = await ask({});

    const requests = [...reason.matchAll(/\{[^}]+\}/g)].map(([text]) => JSON.parse(text));

    expect(requests).toHaveLength(2);
    for (const request of requests) await expect(ask(request)).resolves.toMatchObject({ outcome: 'started' });
  });
});

describe('the name of a run', () => {
  const number = fc.option(fc.integer({ min: 1, max: 999 }), { nil: undefined });

  it('is read as it was made, whatever the hash in it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9a-f]{12}$/), number, number, (hash, rerun, next) => {
        const base = `20261124T010000000Z-${hash}`;
        const name = `${base}${rerun ? `-r${rerun}` : ''}${next ? `-c${next}` : ''}`;

        expect(isFirstRun(name)).toBe(name === base);
        expect(readRunName(name)).toEqual({ baseLoadId: base, rerun, continue: next });
      }),
    );
    expect(readRunName('20261124T010000000Z-c12345678901').continue).toBeUndefined();
  });
});
