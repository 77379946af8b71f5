import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';
import { compileStateMachine } from '../../src/compile/machine/state-machine.ts';
import { compileResources } from '../../src/compile/template/resources.ts';
import { localMachineArn } from '../../src/local-stage/local-stage.ts';
import { pipelines } from '../../src/pipelines/index.ts';
import { ofType, toTemplate } from '../fixtures/package/cloudformation/template.ts';
import { CLUSTER_PARAMETERS, testStage } from '../fixtures/stage.ts';

/** A state machine's definition has at most this many bytes; Step Functions' quota. */
const MAX_DEFINITION_BYTES = 1_048_576;
/** A stack has at most this many resources; CloudFormation's quota. */
const MAX_RESOURCES = 500;

const taskArn = (task: string) => `arn:aws:dms:eu-central-1:123456789012:task:${task}`;

function template() {
  const tasks = pipelines.flatMap(({ tasks }) => tasks);
  const dmsTasks = Object.fromEntries(tasks.map((task) => [task, taskArn(task)]));
  const stage = testStage({ ...CLUSTER_PARAMETERS, dmsTasks }, pipelines);
  const { definitionFiles: _, ...groups } = compileResources(stage, undefined);
  return toTemplate(Object.assign({}, ...Object.values(groups)));
}

describe.each(pipelines.map((pipeline) => [pipeline.name, pipeline] as const))('%s', (name, pipeline) => {
  it('compiles to a valid state machine', () => {
    expect(validate(compileStateMachine(pipeline)).errorsText()).toBe('');
  });

  it('fits into a state machine', () => {
    const definition = JSON.stringify(compileStateMachine(pipeline));

    expect(Buffer.byteLength(definition)).toBeLessThan(MAX_DEFINITION_BYTES);
  });

  it('has a local name that Step Functions takes', () => {
    expect(localMachineArn(name)).toMatch(/:stateMachine:[A-Za-z0-9_-]{1,80}$/);
  });

  it('is deployed: its state machine, and rules for each of its tasks', () => {
    const machines = ofType(template(), 'AWS::StepFunctions::StateMachine');
    const rules = JSON.stringify(ofType(template(), 'AWS::Events::Rule'));

    expect(machines.map(([, { StateMachineName }]) => StateMachineName)).toContainEqual(
      expect.stringMatching(new RegExp(`^${name}-`)),
    );
    for (const task of pipeline.tasks) expect(rules).toContain(taskArn(task));
  });
});

describe('all pipelines', () => {
  it('fit into one stack', () => {
    expect(Object.keys(template().Resources).length).toBeLessThan(MAX_RESOURCES);
  });
});
