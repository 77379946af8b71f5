import { type Stage, statesArns } from '../stage/stage.ts';
import { machineRoleName, stageName, statementRoleName } from '../stage/stage-names.ts';
import { functionLogicalId, getArn, ownArn, type Resources } from './cloudformation.ts';
import { deadlineMachineArn, deadlineMachineName, tellsOnTime } from './deadlines.ts';
import { type DeployedFunction, EVENT_FUNCTIONS, TASK_FUNCTIONS } from './function-names.ts';
import {
  ACTION_SCOPES,
  type Action,
  DEADLINE_ACTIONS,
  FUNCTION_ACTIONS,
  FUNCTION_ROLES,
} from './function-permissions.ts';
import { topicArn } from './notification-topic.ts';
import { allow, compileRole, type PolicyStatement } from './policy.ts';
import { sessionStatements, targetResource } from './target-permissions.ts';

/** The roles of the functions and of the state machines. */
export function compileRoles(stage: Stage): Resources {
  const roles = Object.entries(FUNCTION_ROLES).map(([id, functions]) =>
    compileRole(id, {
      service: 'lambda.amazonaws.com',
      description: `${stage.service} ${stage.stage}: ${functions.join(', ')}`,
      ...(id === 'StatementRole' ? { name: { 'Fn::Sub': statementRoleName(stage, `\${AWS::Region}`) } } : {}),
      statements: functionStatements(stage, functions),
    }),
  );
  return Object.assign({}, ...roles, stateMachineRole(stage));
}

/** Starting an execution tells a thing; asking for it says whether it was told. */
function tellingStatements(stage: Stage): readonly PolicyStatement[] {
  return [
    allow(['states:StartExecution'], deadlineMachineArn(stage)),
    allow(['states:DescribeExecution'], ownArn('states', `execution:${deadlineMachineName(stage)}:*`)),
  ];
}

function functionStatements(
  stage: Stage,
  functions: readonly DeployedFunction[],
): readonly PolicyStatement[] {
  const watches = tellsOnTime(stage) && functions.includes('notify-outcome');
  const actions = [
    ...new Set([
      ...functions.flatMap((name) => FUNCTION_ACTIONS[name]),
      ...(watches ? DEADLINE_ACTIONS : []),
    ]),
  ];
  const byScope = Map.groupBy(actions, (action) => ACTION_SCOPES[action]);
  return [
    ...[...byScope].map(([scope, group]) => allow(group.toSorted(), scopeResource(stage, scope))),
    ...(byScope.has('target') ? sessionStatements(stage.parameters) : []),
    ...(watches ? tellingStatements(stage) : []),
    ...ownStatements(stage, functions),
  ];
}

function scopeResource(stage: Stage, scope: (typeof ACTION_SCOPES)[Action]): unknown {
  switch (scope) {
    case 'any':
      return '*';
    case 'tasks':
      return Object.values(stage.taskArns);
    case 'target':
      return targetResource(stage.parameters);
    case 'topic':
      return topicArn(stage);
    case 'executions':
      return statesArns(stage, 'execution');
    case 'machines':
      return statesArns(stage, 'stateMachine');
  }
}

/** What Lambda does with a function's role: it writes logs and traces, and records invocations that failed for good. */
function ownStatements(stage: Stage, functions: readonly DeployedFunction[]): readonly PolicyStatement[] {
  const logs = functions.map((name) => ownArn('logs', `log-group:/aws/lambda/${stageName(stage, name)}:*`));
  const isInvokedByEvents = functions.some((name) => (EVENT_FUNCTIONS as readonly string[]).includes(name));
  return [
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logs),
    // X-Ray has no resources.
    allow(['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], '*'),
    ...(isInvokedByEvents ? [allow(['sqs:SendMessage'], getArn('FailureQueue'))] : []),
  ];
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html and …/xray-iam.html: neither has narrower resources. */
function stateMachineRole(stage: Stage): Resources {
  return compileRole('StateMachineRole', {
    service: 'states.amazonaws.com',
    description: `${stage.service} ${stage.stage}: state machines`,
    name: { 'Fn::Sub': machineRoleName(stage, `\${AWS::Region}`) },
    statements: [
      allow(
        ['lambda:InvokeFunction'],
        TASK_FUNCTIONS.map((name) => getArn(functionLogicalId(name))),
      ),
      allow(
        [
          'logs:CreateLogDelivery',
          'logs:DeleteLogDelivery',
          'logs:DescribeLogGroups',
          'logs:DescribeResourcePolicies',
          'logs:GetLogDelivery',
          'logs:ListLogDeliveries',
          'logs:PutResourcePolicy',
          'logs:UpdateLogDelivery',
        ],
        '*',
      ),
      allow(
        [
          'xray:GetSamplingRules',
          'xray:GetSamplingTargets',
          'xray:PutTelemetryRecords',
          'xray:PutTraceSegments',
        ],
        '*',
      ),
    ],
  });
}
