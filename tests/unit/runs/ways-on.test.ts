import { beforeEach, describe, expect, it } from 'vitest';
import { ask, LOAD_ID, MACHINE, state } from './asked-runs.ts';

describe('the answer that a load has its run already', () => {
  const next = (request: object) =>
    JSON.stringify({ pipeline: 'load-orders', reason: 'repaired', ...request });

  beforeEach(() => {
    state.inputs = {};
  });

  it.each([
    [{ '': 'RUNNING' }, ['wait until it has ended'], []],
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
    [{ '': 'SUCCEEDED', '-r1': 'RUNNING' }, ['-r1 is RUNNING: wait until it has ended'], ['rerun']],
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
    [{ '': 'FAILED', '-c1': 'RUNNING' }, ['-c1 is RUNNING: wait until it has ended'], ['redrive']],
  ])('names what leads on where runs stand so: %j', async (standing, named, not) => {
    state.runs = new Map(Object.entries(standing).map(([suffix, status]) => [`${LOAD_ID}${suffix}`, status]));

    const { outcome, executionArn, reason } = await ask({});

    expect({ outcome, executionArn }).toEqual({
      outcome: 'already-started',
      executionArn: `${MACHINE}${LOAD_ID}`,
    });
    for (const text of named) expect(reason).toContain(text);
    for (const text of not) expect(reason).not.toContain(text);
  });

  it('names the number of the rerun that is to be continued', async () => {
    state.runs = new Map([
      [LOAD_ID, 'SUCCEEDED'],
      [`${LOAD_ID}-r1`, 'FAILED'],
    ]);

    const { reason } = await ask({ rerun: 1 });

    expect(reason).toContain(next({ rerun: 1, continue: 1 }));
    expect(reason).toContain(next({ rerun: 2 }));
  });

  it('waits for a run that was started just now and is not listed yet', async () => {
    state.runs = new Map([[LOAD_ID, 'RUNNING']]);
    state.isListed = () => false;

    const { reason } = await ask({});

    state.isListed = () => true;
    expect(reason).toContain(`${LOAD_ID} is RUNNING: wait until it has ended`);
  });

  it('says that the pipeline is held, since no request starts anything then', async () => {
    state.runs = new Map([[LOAD_ID, 'FAILED']]);
    state.tags = [{ key: 'elt-hold', value: 'audit' }];

    const { reason } = await ask({});

    state.tags = [];
    expect(reason).toMatch(/The pipeline is held \(audit\): no request starts a run until you release it$/);
  });

  it('names requests that start what they say', async () => {
    state.runs = new Map([[LOAD_ID, 'FAILED']]);
    const { reason } = await ask({});

    const requests = [...reason.matchAll(/\{[^}]+\}/g)].map(([text]) => JSON.parse(text));

    expect(requests).toHaveLength(2);
    for (const request of requests) await expect(ask(request)).resolves.toMatchObject({ outcome: 'started' });
  });
});
