import validate from 'asl-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FUNCTION_ROLES } from '../../src/compile/function-permissions.ts';
import { compilePattern } from '../../src/local/services/events/pattern/compile-pattern.ts';
import { matchesEvent } from '../../src/local/services/events/pattern/match-event.ts';
import { pipelines } from '../../src/pipelines/index.ts';
import { lintTemplate } from '../fixtures/cloudformation/lint.ts';
import {
  circularDependencies,
  danglingReferences,
  redundantDependencies,
} from '../fixtures/cloudformation/references.ts';
import { ofType, resolve, type Template } from '../fixtures/cloudformation/template.ts';
import { type PackagedService, packageService, packagingError } from '../fixtures/packaged-service.ts';
import { readEvent } from '../fixtures/sample-event.ts';
import { describePackageSettings } from './package-settings.ts';
import { describePackagedRun } from './packaged-run.ts';

let service: PackagedService;
let template: Template;

beforeAll(async () => {
  service = await packageService();
  template = service.template;
}, 60_000);

afterAll(() => service.remove());

const machines = () => ofType(template, 'AWS::StepFunctions::StateMachine');

/** Logical ids of the functions that get an event, by the rules that match it. */
function targetsOf(event: unknown): readonly string[] {
  return ofType(template, 'AWS::Events::Rule').flatMap(([, { EventPattern, Targets }]) => {
    if (EventPattern === undefined || !matchesEvent(compilePattern(resolve(EventPattern)), event)) return [];
    return (Targets as readonly { Arn: { 'Fn::GetAtt': readonly string[] } }[]).map(
      ({ Arn }) => Arn['Fn::GetAtt'][0] ?? '',
    );
  });
}

describe('the packaged template', () => {
  it('is what CloudFormation’s current schema asks for', () => {
    expect(lintTemplate(template)).toEqual([]);
  });

  it('refers to nothing that it does not have, nothing to itself, and to nothing twice', () => {
    expect(danglingReferences(template)).toEqual([]);
    expect(redundantDependencies(template)).toEqual([]);
    expect(circularDependencies(template)).toEqual([]);
  });

  it('has a valid state machine for every pipeline, its name with the stage behind it', () => {
    expect(machines().map(([, { StateMachineName }]) => StateMachineName)).toEqual(
      pipelines.map(({ name }) => `${name}-local`),
    );
    for (const [, { Definition }] of machines()) expect(validate(Definition as object).errorsText()).toBe('');
  });

  it('substitutes every placeholder of a definition by a function that the machines may invoke, and no other', () => {
    for (const [, { Definition, DefinitionSubstitutions }] of machines()) {
      const placeholders = JSON.stringify(Definition).matchAll(/\$\{(\w+)\}/g);
      const names = [...placeholders].map(([, name = '']) => name);

      expect(new Set(Object.keys(DefinitionSubstitutions as object))).toEqual(new Set(names));
    }
    const invoked = machines().flatMap(([, { DefinitionSubstitutions }]) =>
      Object.values(DefinitionSubstitutions as object),
    );
    const [role] = Object.entries(template.Resources).filter(([id]) => id === 'StateMachineRole');
    const allowed = JSON.stringify(role?.[1].Properties?.Policies);

    for (const arn of invoked) expect(allowed).toContain(JSON.stringify(arn));
    expect(allowed.match(/LambdaFunction/g)).toHaveLength(
      new Set(invoked.map((arn) => JSON.stringify(arn))).size,
    );
  });

  it('lets every rule invoke its function, with a dead-letter queue that takes its events', () => {
    const permissions = ofType(template, 'AWS::Lambda::Permission').map(([, properties]) => properties);
    const [[, queuePolicy] = ['', {}]] = ofType(template, 'AWS::SQS::QueuePolicy');

    for (const [id, { Targets }] of ofType(template, 'AWS::Events::Rule')) {
      const rule = { 'Fn::GetAtt': [id, 'Arn'] };
      expect(Targets).toMatchObject([
        { DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['DeadLetterQueue', 'Arn'] } } },
      ]);
      expect(permissions).toContainEqual({
        Action: 'lambda:InvokeFunction',
        FunctionName: (Targets as readonly { Arn: unknown }[])[0]?.Arn,
        Principal: 'events.amazonaws.com',
        SourceArn: rule,
      });
      expect(JSON.stringify(queuePolicy)).toContain(JSON.stringify(rule));
    }
  });

  it('gives every function the role that its permissions are in, and its own log group', () => {
    const roles = Object.entries(FUNCTION_ROLES).flatMap(([role, names]) =>
      names.map((name) => [name, role]),
    );
    const given = ofType(template, 'AWS::Lambda::Function').map(([, { FunctionName, Role }]) => [
      String(FunctionName).replace('redshift-elt-local-', ''),
      (Role as { 'Fn::Sub': string })['Fn::Sub'].match(/^\$\{(\w+)\.Arn\}$/)?.[1],
    ]);

    expect(given.toSorted()).toEqual(roles.toSorted());
  });
});

describe('the packaged rules', () => {
  it('hand a finished load to start-run, whatever its message and with or without an id', async () => {
    const event = await readEvent('start-run.json');
    const { eventType, type, category } = event.detail;

    for (const detail of [
      event.detail,
      { eventType, type, category, detailMessage: 'Replication task stopped' },
    ]) {
      expect(targetsOf({ ...event, detail })).toContain('StartDashrunLambdaFunction');
    }
  });

  it('hand a failed load and the end of a run to notify-outcome', async () => {
    const ended = await readEvent('notify-outcome.json');
    const runOf = (status: string) => ({ ...ended, detail: { ...ended.detail, status } });

    expect(targetsOf(await readEvent('notify-outcome-load-failed.json'))).toEqual([
      'NotifyDashoutcomeLambdaFunction',
    ]);
    expect(targetsOf(runOf('FAILED'))).toEqual(['NotifyDashoutcomeLambdaFunction']);
    expect(targetsOf(runOf('SUCCEEDED'))).toEqual(['NotifyDashoutcomeLambdaFunction']);
    expect(targetsOf(runOf('ABORTED')).toSorted()).toEqual([
      'NotifyDashoutcomeLambdaFunction',
      'StopDashstatementsLambdaFunction',
    ]);
    expect(targetsOf(runOf('RUNNING'))).toEqual([]);
  });

  it('match no other task, machine or source', async () => {
    const load = await readEvent('start-run.json');
    const run = await readEvent('notify-outcome.json');
    const other = `${load.resources[0]}-2`;

    expect(targetsOf({ ...load, resources: [other] })).toEqual([]);
    expect(targetsOf({ ...load, source: 'my.app' })).toEqual([]);
    const stateMachineArn = `${run.detail.stateMachineArn}-2`;
    expect(targetsOf({ ...run, detail: { ...run.detail, stateMachineArn } })).toEqual([]);
  });
});

describe('packaging', () => {
  it('stops with one line that names a parameter which is missing, malformed or unknown', async () => {
    const said = await Promise.all([
      packagingError(['--stage', 'empty']),
      packagingError(['--param=clusterIdentifier=Not_A_Cluster', '--param=alarmThrottles=none']),
      packagingError(['--param=databse=dev']),
    ]);

    const lines = said.map((text) => text.split('\n').filter((line) => line.includes('parameter')));
    expect(lines).toEqual([
      [expect.stringMatching(/^parameter database: is missing.*; parameter clusterIdentifier: is missing/)],
      [expect.stringMatching(/^parameter clusterIdentifier: must be a cluster identifier/)],
      [expect.stringMatching(/^parameter databse: does not exist/)],
    ]);
  }, 60_000);
});

describePackageSettings(() => template);
describePackagedRun(() => service);
