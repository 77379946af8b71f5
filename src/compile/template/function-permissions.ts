import type { DeployedFunction } from './function-names.ts';

/** IAM actions of the API calls that functions make. */
export type Action = keyof typeof ACTION_SCOPES;

/**
 * What each action can be restricted to. `any` means that AWS offers no restriction: statements have no ARN, and
 * DescribeReplicationTasks lists tasks.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const ACTION_SCOPES = {
  'dms:DescribeReplicationTasks': 'any',
  'dms:DescribeTableStatistics': 'tasks',
  'redshift-data:BatchExecuteStatement': 'target',
  'redshift-data:CancelStatement': 'any',
  'redshift-data:DescribeStatement': 'any',
  'redshift-data:ExecuteStatement': 'target',
  'redshift-data:GetStatementResult': 'any',
  'redshift-data:ListStatements': 'any',
  'sns:Publish': 'topic',
  'states:DescribeExecution': 'executions',
  'states:DescribeStateMachine': 'machines',
  'states:GetExecutionHistory': 'executions',
  'states:ListExecutions': 'machines',
  'states:ListTagsForResource': 'machines',
  'states:StartExecution': 'machines',
  'states:TagResource': 'machines',
  'states:UntagResource': 'machines',
} as const;

/** Calls around a step's statement. Each function that looks at it may have to submit, cancel or judge it. */
const STEP_ACTIONS: readonly Action[] = [
  'dms:DescribeReplicationTasks',
  'states:DescribeExecution',
  'states:ListExecutions',
  'redshift-data:BatchExecuteStatement',
  'redshift-data:CancelStatement',
  'redshift-data:DescribeStatement',
  'redshift-data:ExecuteStatement',
  'redshift-data:GetStatementResult',
  'redshift-data:ListStatements',
];

/** Calls that start a run. The load of the last run is needed when a pipeline has several tasks. */
const START_ACTIONS: readonly Action[] = [
  'dms:DescribeReplicationTasks',
  'states:DescribeExecution',
  'states:ListExecutions',
  'states:ListTagsForResource',
  'states:StartExecution',
];

/** The calls of each function: no more, and no less. */
export const FUNCTION_ACTIONS: Readonly<Record<DeployedFunction, readonly Action[]>> = {
  // Tags hold and release a pipeline.
  'start-run': [...START_ACTIONS, 'states:TagResource', 'states:UntagResource'],
  'sweep-loads': [
    ...START_ACTIONS,
    // Since when the pipeline is there.
    'states:DescribeStateMachine',
    'redshift-data:CancelStatement',
    'redshift-data:DescribeStatement',
    'redshift-data:ListStatements',
  ],
  'take-turn': [
    'dms:DescribeReplicationTasks',
    'states:DescribeExecution',
    'states:ListExecutions',
    'redshift-data:ListStatements',
  ],
  'verify-load': [
    'dms:DescribeReplicationTasks',
    'dms:DescribeTableStatistics',
    'redshift-data:DescribeStatement',
    'redshift-data:ExecuteStatement',
    'redshift-data:GetStatementResult',
  ],
  'start-statement': STEP_ACTIONS,
  'check-statement': STEP_ACTIONS,
  'stop-statements': [
    'states:DescribeExecution',
    'redshift-data:CancelStatement',
    'redshift-data:DescribeStatement',
    'redshift-data:ListStatements',
  ],
  // For the reason why a load has ended, if the event does not give one, and for the status and the figures of a run.
  'notify-outcome': [
    'dms:DescribeReplicationTasks',
    'states:DescribeExecution',
    'states:GetExecutionHistory',
    'sns:Publish',
  ],
};

/**
 * What notify-outcome calls besides, where a pipeline has a deadline: how the day's load stands. It also starts executions of the
 * machine that tells, and of no other.
 */
export const DEADLINE_ACTIONS: readonly Action[] = [
  'dms:DescribeTableStatistics',
  'states:ListExecutions',
  'states:ListTagsForResource',
];

/**
 * Roles, and the functions that have them. The functions around statements share one, because the Data API shows a
 * statement only to the role that submitted it, and with IAM credentials the role is the database user.
 */
export const FUNCTION_ROLES = {
  StartRunRole: ['start-run'],
  StatementRole: [
    'sweep-loads',
    'take-turn',
    'verify-load',
    'start-statement',
    'check-statement',
    'stop-statements',
  ],
  NotifyRole: ['notify-outcome'],
} as const satisfies Readonly<Record<string, readonly DeployedFunction[]>>;
