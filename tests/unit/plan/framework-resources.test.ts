import { describe, expect, it } from 'vitest';
import { frameworkResources } from '../../../src/plan/template/framework-resources.ts';

const STAGE = { stage: 'test', region: 'eu-central-1', logRetentionDays: 7, environment: { STAGE: 'test' } };
const FUNCTION = { handler: 'handlers/start-run.handler', timeout: 60 };
const ENVIRONMENT = {
  NAME: `\${self:service}-\${sls:stage}`,
  OF_STAGE: `\${self:custom.stage.environment.STAGE}`,
};
const service = (rest: object = {}, fields: object = {}) => ({
  service: 'elt',
  provider: { runtime: 'nodejs24.x', environment: ENVIRONMENT },
  functions: { 'start-run': { ...FUNCTION, ...fields } },
  ...rest,
});

describe('the template’s part of the framework', () => {
  it('has a function and its log group for each handler', () => {
    const environment = `\${self:custom.stage.environment}`;

    const { resources, unresolved } = frameworkResources(service({}, { environment }), STAGE);

    expect(unresolved).toEqual([]);
    expect(Object.keys(resources)).toEqual(['StartDashrunLogGroup', 'StartDashrunLambdaFunction']);
    expect(resources.StartDashrunLambdaFunction?.Properties).toMatchObject({
      FunctionName: 'elt-test-start-run',
      Environment: { Variables: { NAME: 'elt-test', OF_STAGE: 'test', STAGE: 'test' } },
    });
  });

  it.each<[string, object, readonly string[]]>([
    ['another section', service({ layers: {} }), ['layers']],
    ['resources of its own', service({ resources: [{ Resources: {} }] }), ['resources']],
    [
      'another setting of the provider',
      service({ provider: { runtime: 'nodejs24.x', vpc: {} } }),
      ['provider.vpc'],
    ],
    ['another setting of a function', service({}, { events: [] }), ['functions.start-run.events']],
    [
      'a variable that it does not know',
      service({}, { description: `\${env:WORDS}` }),
      ['functions.start-run.description'],
    ],
  ])('names %s, which only packaging resolves', (_title, file, expected) => {
    expect(frameworkResources(file, STAGE).unresolved).toEqual(expected);
  });

  it('refuses another form, and says where', () => {
    expect(() => frameworkResources({ service: 'elt' }, STAGE)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('serverless.yml cannot be read: provider'),
      }),
    );
  });
});
