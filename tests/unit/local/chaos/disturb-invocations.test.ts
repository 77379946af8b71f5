import { describe, expect, it } from 'vitest';
import { invokeLambda } from '../../../../src/local/engine/lambda-invoke.ts';
import { onlyKind } from './one-kind.ts';

const INVOCATION = {
  requestId: 'request-1',
  payload: '{}',
  spec: { name: 'start-run', module: 'start-run.ts', timeoutSeconds: 60 },
};
const EXIT = { functionError: 'Unhandled' };
const TIMEOUT = { functionError: 'Unhandled', failure: 'Sandbox.Timedout' };

/** A function that notes that it was run. */
function noting() {
  const runs: string[] = [];
  const run = async () => {
    runs.push('run');
    return { payload: '"done"' };
  };
  return { run, runs };
}

describe('invocations', () => {
  it('are killed before their effect', async () => {
    const { chaos } = onlyKind('killed-before');
    const { run, runs } = noting();

    const result = await chaos.disturbInvocation(INVOCATION, run);

    expect(result).toMatchObject(EXIT);
    expect(JSON.parse(result.payload)).toMatchObject({ errorType: expect.stringMatching(/^Runtime\./) });
    expect(runs).toEqual([]);
  });

  it('are killed under each of the names that Step Functions gives it', async () => {
    const { chaos } = onlyKind('killed-before');
    const deps = { functions: { invoke: () => chaos.disturbInvocation(INVOCATION, noting().run) } } as never;
    const names = new Set<string>();

    for (let kill = 0; kill < 20; kill += 1)
      await invokeLambda(deps, 'start-run', '{}').catch(({ error }) => names.add(error));

    expect([...names].toSorted()).toEqual(['Lambda.Unknown', 'Runtime.ExitError', 'Runtime.OutOfMemory']);
  });

  it('are killed after their effect', async () => {
    const { chaos } = onlyKind('killed-after');
    const { run, runs } = noting();

    expect(await chaos.disturbInvocation(INVOCATION, run)).toMatchObject(EXIT);
    expect(runs).toEqual(['run']);
  });

  it('time out without an effect', async () => {
    const { chaos, waits } = onlyKind('timed-out');
    const { run, runs } = noting();

    const result = chaos.disturbInvocation(INVOCATION, run);
    waits.advance(10_000);

    expect(await result).toMatchObject(TIMEOUT);
    expect((await result).payload).toContain('Task timed out after 60.00 seconds');
    expect(runs).toEqual([]);
  });

  it('live on after they were given up', async () => {
    const { chaos, waits } = onlyKind('lives-on');
    const { run, runs } = noting();

    expect(await chaos.disturbInvocation(INVOCATION, run)).toMatchObject(TIMEOUT);
    expect(runs).toEqual([]);
    waits.advance(10_000);
    await chaos.idle();

    expect(runs).toEqual(['run']);
  });
});
