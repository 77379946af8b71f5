import {
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
} from '@aws-sdk/client-cloudwatch';
import type { Stage } from '../../compile/stage/stage.ts';
import { compileAlarms } from '../../compile/template/alarms.ts';
import { definePipeline } from '../../definition/define-pipeline.ts';
import { type AskedWorld, type Question, yesIf } from '../question.ts';

/** The alarms of a pipeline. */
export const alarmQuestions: readonly Question[] = [
  {
    id: 'removed-alarm-gone',
    question: 'Is the alarm of a removed pipeline gone as soon as it is deleted, whatever its state was?',
    note: 'CloudFormation deletes it by the same call.',
    ifNo: 'npm run check goes on to show alarms of pipelines that were removed',
    creates: ['alarm'],
    settle: async (world) => {
      const { cloudWatch } = world.clients;
      const { name, requestId } = await putAlarm(world);
      await cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: [name] }));
      const state = await stateOf(world, name);
      return yesIf(
        state === undefined,
        `${name} (request ${requestId}) ${state === undefined ? 'was gone' : `was still shown in state ${state}`} when DeleteAlarms had answered`,
      );
    },
  },
];

/** Puts the alarm of a pipeline that is nowhere, as a stage would have it, but without a topic to tell. */
async function putAlarm({
  stage,
  scratch,
  clients,
}: AskedWorld): Promise<{ readonly name: string; readonly requestId: string }> {
  const { name, made } = await scratch.make('alarm', 'removed', (planned) =>
    clients.cloudWatch.send(new PutMetricAlarmCommand(missingAlarmInput(stage, planned))),
  );
  return { name, requestId: made.$metadata.requestId ?? 'unknown' };
}

/** CloudFormation’s properties of an alarm have the names of PutMetricAlarm’s members. */
export function missingAlarmInput(stage: Stage, name: string): PutMetricAlarmCommandInput {
  const pipeline = definePipeline({
    ...{ name, tasks: ['none'], stagedTables: ['none.none'] },
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
