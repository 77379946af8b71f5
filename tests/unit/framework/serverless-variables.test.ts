import { describe, expect, it } from 'vitest';
import { stage } from '../../../src/framework/serverless-variables.ts';
import { pipelines } from '../../../src/pipelines/index.ts';

const TASKS = Object.fromEntries(
  pipelines
    .flatMap(({ tasks }) => tasks)
    .map((task, index) => [task, `arn:aws:dms:us-east-1:123456789012:task:A${index}`]),
);
const DEFAULTS = { clusterIdentifier: 'mart', database: 'dev', dbUser: 'runtime', dmsTasks: TASKS };

/** As much of the framework's variables as is asked for: `params` of serverless.yml, and the command line. */
function packageStage(
  params: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  param: readonly string[] = [],
) {
  const variables: Readonly<Record<string, unknown>> = {
    'self:service': 'elt',
    'sls:stage': 'test',
    'self:provider.region': 'us-east-1',
    'self:params.default, null': params.default ?? null,
    'self:params.test, null': params.test ?? null,
  };
  return stage({
    options: { param },
    resolveVariable: async (variable) => {
      const [, name = ''] = /^param:(\w+), null$/.exec(variable) ?? [];
      return variables[variable] ?? params.test?.[name] ?? params.default?.[name] ?? null;
    },
  });
}

describe('what serverless.yml takes in', () => {
  it('comes from the parameters of the stage and those of all stages', async () => {
    const taken = await packageStage({ default: DEFAULTS, test: { database: 'mart' } });

    expect(taken.environment).toMatchObject({ STAGE: 'test', REDSHIFT_DATABASE: 'mart' });
  });

  it.each([
    ['of the stage', { default: DEFAULTS, test: { alarmFailedRunz: 7 } }, []],
    ['of all stages', { default: { ...DEFAULTS, alarmFailedRunz: 7 } }, []],
    ['of the command line', { default: DEFAULTS }, ['alarmFailedRunz=7']],
  ])('is refused where a parameter %s does not exist', async (_where, params, param) => {
    expect(await packageStage(params, param)).toMatchObject({
      problem: expect.stringMatching(
        /^parameter alarmFailedRunz: does not exist; the parameters are clusterId/,
      ),
    });
  });
});
