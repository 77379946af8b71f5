import {
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { describeAwsError } from '../../aws-errors/transient-error.ts';
import type { Stage } from '../../compile/stage/stage.ts';
import { compileAlarms } from '../../compile/template/alarms.ts';
import { definePipeline } from '../../definition/define-pipeline.ts';
import { type AskedWorld, no, open, type Question, type Settled, yes, yesIf } from '../question.ts';
import { isRefusedInput } from '../refused-input.ts';

/** The longest time that CloudWatch looks back: a week. */
const HOURS = 168;

/** The alarm "no load within N hours". */
export const alarmQuestions: readonly Question[] = [
  {
    id: 'alarm-of-a-week',
    question: `Does CloudWatch accept ${HOURS} periods of an hour for “no load within N hours”?`,
    ifNo: 'a stage with `alarmHoursWithoutLoad: 168` cannot be deployed: choose fewer hours',
    creates: ['alarm'],
    settle: async (world) => {
      try {
        const { name, requestId } = await putAlarm(world, 'week', HOURS);
        return yes(`PutMetricAlarm of ${name}, request ${requestId}`);
      } catch (error) {
        if (!isRefusedInput(error)) throw error;
        return no(describeAwsError(error));
      }
    },
  },
  {
    id: 'alarm-before-first-load',
    question:
      'Does the alarm “no load within N hours” go off before the first load, when there is no metric yet?',
    ifNo: 'nobody is told when the first load never comes (promise 3)',
    creates: ['alarm'],
    settle: settleWithoutData,
  },
  {
    id: 'removed-alarm-gone',
    question: 'Is the alarm of a removed pipeline gone as soon as it is deleted, whatever its state was?',
    note: 'CloudFormation deletes it by the same call.',
    ifNo: 'npm run check goes on to show alarms of pipelines that were removed',
    creates: ['alarm'],
    settle: async (world) => {
      const { cloudWatch } = world.clients;
      const { name, requestId } = await putAlarm(world, 'removed', 1);
      await cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: [name] }));
      const state = await stateOf(world, name);
      return yesIf(
        state === undefined,
        `${name} (request ${requestId}) ${state === undefined ? 'was gone' : `was still shown in state ${state}`} when DeleteAlarms had answered`,
      );
    },
  },
];

/** How often, and how long apart, the state of an alarm is looked at: four minutes. */
const LOOKS = 16;
const PAUSE_MS = 15_000;

async function settleWithoutData(world: AskedWorld): Promise<Settled> {
  const { name } = await putAlarm(world, 'first', HOURS);
  let state: string | undefined;
  for (let look = 0; look < LOOKS && state !== 'ALARM'; look += 1) {
    if (look > 0) await world.clock.sleep(PAUSE_MS, world.signal);
    state = await stateOf(world, name);
  }
  if (state === 'ALARM') return yes(`${name}, whose metric has no data, came to ALARM`);
  return open(
    `${name} was in state ${state} after ${((LOOKS - 1) * PAUSE_MS) / 60_000} minutes. Deploy a stage, and look at its alarm …-missing after a day`,
  );
}

/** Puts the alarm of a pipeline that is nowhere, as a stage would have it, but without a topic to tell. */
async function putAlarm(
  { stage, scratch, clients }: AskedWorld,
  suffix: string,
  hours: number,
): Promise<{ readonly name: string; readonly requestId: string }> {
  const { name, made } = await scratch.make('alarm', suffix, (planned) =>
    clients.cloudWatch.send(new PutMetricAlarmCommand(missingAlarmInput(stage, planned, hours))),
  );
  return { name, requestId: made.$metadata.requestId ?? 'unknown' };
}

/** CloudFormation’s properties of an alarm have the names of PutMetricAlarm’s members. */
export function missingAlarmInput(stage: Stage, name: string, hours: number): PutMetricAlarmCommandInput {
  const pipeline = definePipeline({
    ...{ name, tasks: ['none'], stagedTables: ['none.none'], hoursWithoutLoad: hours },
    steps: { Nothing: { call: 'none.none' } },
  });
  const alarms = Object.entries(compileAlarms({ ...stage, pipelines: [pipeline] }));
  const [, resource] = alarms.find(([logicalId]) => logicalId.endsWith('MissingAlarm')) ?? [];
  const { AlarmActions: _told, ...properties } = (resource?.Properties ?? {}) as PutMetricAlarmCommandInput;
  return { ...properties, AlarmName: name };
}

async function stateOf({ clients }: AskedWorld, name: string): Promise<string | undefined> {
  const { MetricAlarms = [] } = await clients.cloudWatch.send(
    new DescribeAlarmsCommand({ AlarmNames: [name] }),
  );
  return MetricAlarms[0]?.StateValue;
}
