import { describe, expect, it } from 'vitest';
import { functionLogicalId } from '../../../src/compile/template/cloudformation.ts';
import { EVENT_FUNCTIONS } from '../../../src/compile/template/function-names.ts';
import { FUNCTION_ROLES } from '../../../src/compile/template/function-permissions.ts';
import {
  type JsonObject,
  ofType,
  resolve,
  type Template,
} from '../../fixtures/package/cloudformation/template.ts';

interface LambdaState {
  readonly TimeoutSeconds: number;
  readonly Arguments: { readonly FunctionName: string };
}

/** Services that a policy lets in. */
const principals = (document: unknown) =>
  (document as { Statement: readonly { Principal: { Service: string } }[] }).Statement.map(
    ({ Principal }) => Principal.Service,
  );

/** What the template says of each resource beside who may do what: one wrong word, and AWS would take it. */
export function describePackageSettings(template: () => Template): void {
  const all = (type: string) => ofType(template(), type);
  const names = (type: string, property: string) => all(type).map(([, properties]) => properties[property]);

  describe('the packaged settings', () => {
    it('run functions on the Node, processor and tracing that serverless.yml is about', () => {
      for (const [id, properties] of all('AWS::Lambda::Function')) {
        expect(properties, id).toMatchObject({
          Runtime: 'nodejs24.x',
          Architectures: ['arm64'],
          TracingConfig: { Mode: 'Active' },
        });
      }
    });

    it('give check-statement Lambda’s longest time, and every state half a minute more than its function has', () => {
      const timeouts = new Map(all('AWS::Lambda::Function').map(([id, { Timeout }]) => [id, Timeout]));

      expect(timeouts.get(functionLogicalId('check-statement'))).toBe(900);
      for (const [, { Definition, DefinitionSubstitutions }] of all('AWS::StepFunctions::StateMachine')) {
        for (const { TimeoutSeconds, Arguments } of lambdaStates(Definition)) {
          const variable = Arguments.FunctionName.slice(2, -1);
          const substituted = (DefinitionSubstitutions as JsonObject)[variable] as JsonObject;
          const [id] = substituted['Fn::GetAtt'] as readonly string[];
          expect(TimeoutSeconds, variable).toBe(Number(timeouts.get(id ?? '')) + 30);
        }
      }
    });

    it('keep the logs of functions and machines as long as the parameter says', () => {
      const groups = all('AWS::Logs::LogGroup');

      expect(groups).toHaveLength(all('AWS::Lambda::Function').length + 1);
      for (const [id, { RetentionInDays }] of groups) expect(RetentionInDays, id).toBe(30);
    });

    it('try an event for a day, then an invocation twice more, and keep what failed', () => {
      for (const [id, { Targets }] of all('AWS::Events::Rule')) {
        const policy = { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 };
        expect(Targets, id).toMatchObject([{ RetryPolicy: policy }]);
      }
      expect(all('AWS::Lambda::EventInvokeConfig').map(([, properties]) => properties)).toEqual(
        EVENT_FUNCTIONS.map((name) => ({
          FunctionName: { Ref: functionLogicalId(name) },
          Qualifier: '$LATEST',
          MaximumRetryAttempts: 2,
          MaximumEventAgeInSeconds: 21_600,
          DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['FailureQueue', 'Arn'] } } },
        })),
      );
    });

    it('sweep each quarter of an hour, and look at deadlines when one may have come', () => {
      expect(names('AWS::Events::Rule', 'ScheduleExpression').filter(Boolean)).toEqual([
        ...['rate(15 minutes)', 'cron(10 4,5 * * ? *)', 'cron(30 4,5 * * ? *)'],
      ]);
    });

    it('let roles, queue and topic be used by the services that they are for', () => {
      const trusted = all('AWS::IAM::Role').map(([id, { AssumeRolePolicyDocument }]) => [
        id,
        principals(AssumeRolePolicyDocument),
      ]);

      expect(Object.fromEntries(trusted)).toEqual({
        ...Object.fromEntries(Object.keys(FUNCTION_ROLES).map((id) => [id, ['lambda.amazonaws.com']])),
        StateMachineRole: ['states.amazonaws.com'],
        DeadlineMachineRole: ['states.amazonaws.com'],
      });
      expect(names('AWS::SQS::QueuePolicy', 'PolicyDocument').flatMap(principals)).toEqual([
        'events.amazonaws.com',
      ]);
      expect(names('AWS::SNS::TopicPolicy', 'PolicyDocument').flatMap(principals)).toEqual([
        'cloudwatch.amazonaws.com',
      ]);
    });

    it('watch both queues by their names', () => {
      const watched = names('AWS::CloudWatch::Alarm', 'Metrics')
        .flatMap((metrics) => resolve(metrics ?? []) as never as readonly { MetricStat?: JsonObject }[])
        .map(({ MetricStat }) => MetricStat?.Metric as JsonObject | undefined)
        .filter((metric) => metric?.MetricName === 'ApproximateNumberOfMessagesVisible');

      expect(watched).toEqual(
        names('AWS::SQS::Queue', 'QueueName').map((Value) => ({
          Namespace: 'AWS/SQS',
          MetricName: 'ApproximateNumberOfMessagesVisible',
          Dimensions: [{ Name: 'QueueName', Value }],
        })),
      );
    });
  });
}

/** States that invoke a function, however deep. */
function lambdaStates(part: unknown): readonly LambdaState[] {
  if (typeof part !== 'object' || part === null) return [];
  const inner = Object.values(part).flatMap(lambdaStates);
  const { Arguments } = part as Partial<LambdaState>;
  return 'FunctionName' in Object(Arguments) ? [part as LambdaState, ...inner] : inner;
}
