import { describe, expect, it } from 'vitest';
import { readStageSettings, readSweepSettings } from '../../../src/aws/environment.ts';
import { readNotificationSettings } from '../../../src/aws/notification-settings.ts';
import { stage } from '../../../src/framework/serverless-variables.ts';
import { pipelines } from '../../../src/pipelines/index.ts';
import { ORDERS_TASK_ARN } from '../../fixtures/pipeline.ts';
import { CLUSTER_PARAMETERS } from '../../fixtures/stage.ts';

/** Environment of the functions of a stage with these parameters, as packaging makes it. */
async function packagedEnvironment(parameters: Readonly<Record<string, unknown>>) {
  const dmsTasks = Object.fromEntries(
    pipelines
      .flatMap(({ tasks }) => tasks)
      .map((identifier, index) => [identifier, `${ORDERS_TASK_ARN}${index === 0 ? '' : index}`]),
  );
  const values: Readonly<Record<string, unknown>> = {
    ...{ 'self:service': 'elt', 'sls:stage': 'test', 'self:provider.region': 'eu-central-1' },
    ...Object.fromEntries(
      Object.entries({ ...CLUSTER_PARAMETERS, dmsTasks, ...parameters }).map(([name, value]) => [
        `param:${name}, null`,
        value,
      ]),
    ),
  };
  const { environment } = await stage({ options: {}, resolveVariable: async (name) => values[name] ?? null });
  return environment;
}

describe('the settings of the sweep', () => {
  it('have no beginning unless one is given: no deployment moves what is swept', async () => {
    const environment = await packagedEnvironment({});

    expect(readSweepSettings(environment)).toEqual({ lookBackHours: 72, hoursWithoutLoad: 26 });
  });

  it('have the beginning that is given', async () => {
    const environment = await packagedEnvironment({ sweepFrom: '2026-11-24T00:00:00Z' });

    expect(readSweepSettings(environment)).toMatchObject({ sweepFrom: new Date('2026-11-24T00:00:00Z') });
  });

  it('refuse one that is no time', () => {
    expect(() => readSweepSettings({ SWEEP_FROM: 'today', SWEEP_LOOK_BACK_HOURS: '72' })).toThrow(
      expect.objectContaining({ name: 'InvalidConfig', message: expect.stringContaining('SWEEP_FROM') }),
    );
  });
});

describe('the variables of a stage', () => {
  it('are written by packaging and read by the functions, each of them', async () => {
    const packaged = {
      ...(await packagedEnvironment({})),
      DMS_TASK_ARNS: JSON.stringify({ orders: ORDERS_TASK_ARN }),
    };
    const read = new Set<string | symbol>();
    const environment = new Proxy<Readonly<Record<string, string>>>(packaged, {
      get: (target, name, receiver) => {
        read.add(name);
        return Reflect.get(target, name, receiver);
      },
      ownKeys: () => {
        throw new Error('names of variables are to be read one by one');
      },
    });

    const settings = {
      ...readStageSettings(environment),
      ...readSweepSettings(environment),
      ...readNotificationSettings(environment),
    };

    expect(settings).toMatchObject({ stage: 'test', notifySuccess: true, lookBackHours: 72 });
    // lambda-handler.ts reads it.
    read.add('DETAILED_METRICS');
    expect([...read].toSorted()).toEqual(Object.keys(packaged).toSorted());
  });
});
