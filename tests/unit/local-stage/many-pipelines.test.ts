import { describe, expect, it } from 'vitest';
import { definePipeline } from '../../../src/definition/define-pipeline.ts';
import { compileLocalStage } from '../../../src/local-stage/compiled-stage.ts';
import { readDeployedResources } from '../../../src/local-stage/deployed-resources.ts';

const pipelines = Array.from({ length: 100 }, (_, index) =>
  definePipeline({
    name: `load-${index}`,
    tasks: [`task-${index}`],
    stagedTables: [`mart.staged_${index}`],
    steps: { Load: { call: `mart.sp_load_${index}` } },
  }),
);

describe('the local stage', () => {
  it('has a state machine for each of a hundred pipelines, whose definitions and permissions no template holds', () => {
    const compiled = compileLocalStage(pipelines);
    const types = new Set(Object.values(compiled.resources).map(({ Type }) => Type));

    const { machines } = readDeployedResources(compiled);

    expect(types).toContain('AWS::IAM::ManagedPolicy');
    expect(machines.map(({ name }) => name)).toEqual(pipelines.map(({ name }) => `${name}-local`));
  });
});
