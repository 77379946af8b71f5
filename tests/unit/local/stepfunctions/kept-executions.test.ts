import { describe, expect, it } from 'vitest';
import { createLocalService, PASS, WAIT } from './local-service.ts';

/** An execution of one Pass state has four events. */
const KEPT_EVENTS = 8;

async function createFull() {
  const service = createLocalService(KEPT_EVENTS);
  const stateMachineArn = await service.create(PASS);
  const waiting = await service.create(WAIT, 'waiting');
  const run = async (name: string, machine = stateMachineArn) => {
    const { executionArn } = await service.call('StartExecution', { stateMachineArn: machine, name });
    return executionArn;
  };
  const names = async (machine = stateMachineArn) =>
    (await service.call('ListExecutions', { stateMachineArn: machine })).executions.map(({ name }) => name);
  return { ...service, waiting, run, names };
}

describe('executions that have ended', () => {
  it('make room for later ones, the oldest first', async () => {
    const { run, names, stepFunctions } = await createFull();

    for (const name of ['one', 'two', 'three']) await stepFunctions.waitForEnd(await run(name));

    expect(await names()).toEqual(['three', 'two']);
  });

  it('do not start again once they are forgotten', async () => {
    const { run, stepFunctions, call } = await createFull();
    const first = await run('one');
    for (const name of ['two', 'three']) await stepFunctions.waitForEnd(await run(name));

    await expect(call('DescribeExecution', { executionArn: first })).rejects.toThrow(
      'Execution Does Not Exist',
    );
    await expect(run('one')).rejects.toThrow('Execution Already Exists');
  });

  it('leave alone what runs, and what has just ended after all the others', async () => {
    const { run, names, stepFunctions, waiting } = await createFull();
    const long = await run('long', waiting);
    for (const name of ['one', 'two', 'three']) await stepFunctions.waitForEnd(await run(name));

    expect(await names(waiting)).toEqual(['long']);
    await stepFunctions.waitForEnd(long);
    expect(await names(waiting)).toEqual(['long']);
  });
});
