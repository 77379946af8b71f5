import { afterEach } from 'vitest';
import { type Chaos, type ChaosOptions, createChaos } from '../../../../src/local/chaos/chaos.ts';
import { createHurriedClock } from '../../../../src/local/clocks.ts';
import { type Stack, startStack } from '../../../../src/local-stage/stack.ts';
import { orders } from '../../../fixtures/pipeline.ts';

const TASK_ARN = 'arn:aws:dms:us-east-1:000000000000:task:orders-task';
const MAPPINGS = {
  rules: [
    {
      'rule-type': 'selection',
      'rule-id': '1',
      'rule-name': '1',
      'object-locator': { 'schema-name': 'nothing', 'table-name': '%' },
      'rule-action': 'include',
    },
  ],
};
const open: Stack[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((stack) => stack.close()));
});

/**
 * A stack under chaos whose functions publish the ids of the events that reach them. Its DMS task finds no table, so that
 * a load of it makes two events: that it has started, which no rule takes, and that it has failed.
 */
export async function startDisturbedStack(settings: Omit<ChaosOptions, 'waits' | 'report'>) {
  const announced: string[] = [];
  const faults: string[] = [];
  const waits = createHurriedClock(1_000);
  const chaos: Chaos = createChaos({ ...settings, waits, report: (line) => void faults.push(line) });
  const module = new URL('./handlers/announce.ts', import.meta.url);
  const stack = await startStack({
    port: 0,
    pipelines: [orders],
    tasks: [{ identifier: 'orders-task', arn: TASK_ARN, tableMappings: MAPPINGS }],
    functions: ['start-run', 'sweep-loads', 'notify-outcome'].map((name) => ({
      name,
      module,
      timeoutSeconds: 5,
    })),
    onNotification: (message) => void announced.push(message),
    onLog: () => {},
    report: () => {},
    waits,
    chaos,
  });
  open.push(stack);

  const call = async (target: string, input: object) => {
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
    const response = await fetch(stack.url, { method: 'POST', headers, body: JSON.stringify(input) });
    return { status: response.status, body: await response.json() };
  };
  /** Loads so many times; resolves when all is done that follows. */
  const loadTimes = async (times: number) => {
    for (let load = 0; load < times; load += 1) {
      const start = { ReplicationTaskArn: TASK_ARN, StartReplicationTaskType: 'reload-target' };
      await call('AmazonDMSv20160101.StartReplicationTask', start);
      await stack.idle();
    }
  };
  return { stack, chaos, announced, faults, call, loadTimes };
}
