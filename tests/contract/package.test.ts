import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import validate from 'asl-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pipelines } from '../../src/pipelines/index.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

interface GetAtt {
  readonly 'Fn::GetAtt': readonly [string, string];
}

/** A resource of the template, as far as these tests look at it: each member is there in resources of its type. */
interface Resource {
  readonly Type: string;
  readonly Properties: {
    readonly StateMachineName: string;
    readonly Definition: object;
    readonly DefinitionSubstitutions: Readonly<Record<string, GetAtt>>;
    readonly FunctionName: unknown;
    readonly Targets: readonly { readonly Arn: unknown }[];
    readonly Policies: readonly {
      readonly PolicyDocument: { readonly Statement: readonly { readonly Resource: readonly unknown[] }[] };
    }[];
    readonly Role: GetAtt;
  };
}
let folder: string;
let resources: Record<string, Resource>;

const ofType = (type: string) => Object.values(resources).filter((resource) => resource.Type === type);

describe('the package', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'elt-package-'));
    // No credentials, no account, no network: packaging must not need them.
    const env = { PATH: process.env.PATH, HOME: folder, SLS_OFFLINE: '1' };
    await promisify(execFile)(
      process.execPath,
      [join(root, 'node_modules/.bin/sls'), 'package', '--package', folder],
      { cwd: root, env },
    );
    const template = await readFile(join(folder, 'cloudformation-template-update-stack.json'), 'utf8');
    resources = JSON.parse(template).Resources;
  }, 60_000);

  afterAll(() => rm(folder, { recursive: true }));

  it('has a valid state machine for every pipeline, its name with the stage behind it', () => {
    const machines = ofType('AWS::StepFunctions::StateMachine').map(({ Properties }) => Properties);

    expect(machines.map(({ StateMachineName }) => StateMachineName)).toEqual(
      pipelines.map(({ name }) => `${name}-dev`),
    );
    for (const { Definition } of machines) expect(validate(Definition).errorsText()).toBe('');
  });

  it('substitutes every placeholder of a definition by the ARN of a function that is deployed', () => {
    for (const { Properties } of ofType('AWS::StepFunctions::StateMachine')) {
      const placeholders = new Set(
        [...JSON.stringify(Properties.Definition).matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name),
      );
      const substitutions = Properties.DefinitionSubstitutions;

      expect(new Set(Object.keys(substitutions))).toEqual(placeholders);
      for (const { 'Fn::GetAtt': target } of Object.values(substitutions)) {
        expect(resources[target[0]]?.Type).toBe('AWS::Lambda::Function');
      }
    }
  });

  it('lets the rule invoke start-run, and the machines invoke their functions and nothing else', () => {
    const [rule] = ofType('AWS::Events::Rule');
    const [permission] = ofType('AWS::Lambda::Permission');
    const invoked = ofType('AWS::StepFunctions::StateMachine').flatMap(({ Properties }) =>
      Object.values(Properties.DefinitionSubstitutions),
    );
    const allowed = resources.StateMachineRole?.Properties.Policies[0]?.PolicyDocument.Statement[0];

    expect(permission?.Properties.FunctionName).toEqual(rule?.Properties.Targets[0]?.Arn);
    expect(allowed).toEqual({
      Effect: 'Allow',
      Action: 'lambda:InvokeFunction',
      Resource: expect.arrayContaining(invoked),
    });
    expect(allowed?.Resource).toHaveLength(new Set(invoked.map((arn) => JSON.stringify(arn))).size);
  });

  it('gives every function a role of this template', () => {
    for (const { Properties } of ofType('AWS::Lambda::Function')) {
      expect(resources[Properties.Role['Fn::GetAtt'][0]]?.Type).toBe('AWS::IAM::Role');
    }
  });
});
