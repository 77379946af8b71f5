import { describe, expect, it } from 'vitest';
import type { StepFunctions } from '../../../src/executions/start-execution.ts';
import { affectedPipelines, awaitRuns } from '../../../src/migrations/await-runs.ts';
import { ownTableMigrations } from '../../../src/migrations/own-tables.ts';
import { parseMigration } from '../../../src/migrations/parse-migration.ts';
import { createJumpingClock } from '../../fixtures/jumping-clock.ts';
import { orders } from '../../fixtures/pipeline.ts';

const ARN = 'arn:aws:states:eu-central-1:123456789012:stateMachine:';
const file = parseMigration('V1__x.sql', '', { owner: 'owner', runtime: 'runtime', dms: 'dms' });
const fences = ownTableMigrations([orders], 'runtime');

/** Step Functions with two pages of machines; each look at load-orders' runs takes the next answer. */
function createSfn(...answers: readonly (readonly string[])[]) {
  const asked: string[] = [];
  const pages: Record<string, object> = {
    first: { stateMachines: [machine('load-orders-test'), machine('other')], nextToken: 'second' },
    second: { stateMachines: [machine('load-orders-dev')] },
  };
  const send = async ({ input }: { input: { nextToken?: string; stateMachineArn?: string } }) => {
    if (input.stateMachineArn === undefined) return pages[input.nextToken ?? 'first'];
    asked.push(input.stateMachineArn);
    return { executions: (answers[asked.length - 1] ?? []).map((name) => ({ name })) };
  };
  return { sfn: { send } as unknown as StepFunctions, asked };
}

const machine = (name: string) => ({ name, stateMachineArn: `${ARN}${name}` });
const optionsFor = (sfn: StepFunctions, stage = 'dev') => ({
  sfn,
  stage,
  pipelines: ['load-orders', 'load-returns'],
  clock: createJumpingClock('2026-11-24T00:00:00.000Z'),
  signal: new AbortController().signal,
});

describe('awaitRuns', () => {
  it('looks for runs of the stage’s own machines, over all pages', async () => {
    const { sfn, asked } = createSfn();

    await awaitRuns(optionsFor(sfn), [file]);

    expect(asked).toEqual([`${ARN}load-orders-dev`]);
  });

  it('finds none where a stage was never deployed', async () => {
    const { sfn, asked } = createSfn(['tonight']);

    await awaitRuns(optionsFor(sfn, 'prod'), [file]);

    expect(asked).toEqual([]);
  });

  it('refuses while one is alive, and names it', async () => {
    const { sfn } = createSfn(['tonight']);

    await expect(awaitRuns(optionsFor(sfn), [file])).rejects.toThrow(
      'a run is alive: tonight of load-orders; wait until it has ended, or pass --wait',
    );
  });

  it('waits where it is to, and says once for what', async () => {
    const { sfn, asked } = createSfn(['tonight'], ['tonight'], []);
    const told: string[] = [];
    const options = { ...optionsFor(sfn), onWait: (runs: string) => told.push(runs) };

    await awaitRuns(options, [file]);

    expect(told).toEqual(['a run is alive: tonight of load-orders']);
    expect(options.clock.sleeps).toEqual([5_000, 5_000]);
    expect(asked).toHaveLength(3);
  });

  it('says when the caller may not ask', async () => {
    const refusal = Object.assign(new Error('no'), { name: 'AccessDeniedException' });
    const sfn = { send: () => Promise.reject(refusal) } as unknown as StepFunctions;

    await expect(awaitRuns(optionsFor(sfn), [file])).rejects.toThrow(
      'Step Functions refused ListStateMachines: AccessDeniedException: no. Allow the caller',
    );
  });
});

describe('affectedPipelines', () => {
  it('are all for a file, and the one whose fence tables are made', () => {
    expect(affectedPipelines([file, ...fences], ['load-orders', 'load-returns'])).toHaveLength(2);
    expect(affectedPipelines(fences, ['load-orders', 'load-returns'])).toEqual(['load-orders']);
  });
});
