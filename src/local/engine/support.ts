/** One row of the table that says what of the Amazon States Language runs here, compared with Step Functions. */
export interface EngineSupport {
  readonly area: 'states' | 'fields' | 'data' | 'errors' | 'history' | 'executions';
  readonly feature: string;
  /** `refused`: by name and place, when a machine is created. `differs`: see the note. */
  readonly status: 'supported' | 'refused' | 'differs';
  readonly note: string;
}

const supported = (area: EngineSupport['area'], feature: string, note = ''): EngineSupport => ({
  area,
  feature,
  status: 'supported',
  note,
});
const refused = (area: EngineSupport['area'], feature: string, note = ''): EngineSupport => ({
  area,
  feature,
  status: 'refused',
  note,
});
const differs = (area: EngineSupport['area'], feature: string, note: string): EngineSupport => ({
  area,
  feature,
  status: 'differs',
  note,
});

/** What the local state machine engine supports. The documentation's table is made from it, and a test tries each row. */
export const ENGINE_SUPPORT: readonly EngineSupport[] = [
  supported('states', 'Task, Wait, Choice, Parallel, Pass, Succeed, Fail'),
  refused('states', 'Map'),
  supported('states', 'lambda:invoke', 'Payload, Qualifier; in every partition'),
  supported('states', 'Lambda function ARN as Resource'),
  refused('states', 'Other task resources', 'SDK integrations, activities, .sync, .waitForTaskToken'),
  refused('states', 'InvocationType Event, ClientContext, LogType'),

  refused('fields', 'JSONPath', 'machines and states are JSONata'),
  refused('fields', 'Unknown fields'),
  supported('fields', 'Arguments, Output, Assign, Condition, Seconds, Timestamp, Error, Cause'),
  supported('fields', 'TimeoutSeconds', 'of the machine a number, of a task a number or JSONata'),
  differs(
    'fields',
    'HeartbeatSeconds',
    'accepted and shown, never reached: a Lambda function sends no heartbeat',
  ),
  supported('fields', 'Retry and Catch', 'intervals, MaxDelaySeconds, full jitter'),
  refused('fields', 'Credentials'),

  supported('data', '$states.input, result, errorOutput, context', 'each only where it is offered'),
  supported('data', '$partition, $range, $hash, $random, $uuid, $parse'),
  supported('data', 'JSONata 2.0.6 without $eval'),
  supported('data', 'Variables', 'scopes as in Step Functions'),
  differs('data', 'Size of all variables together', 'no limit of 10 MiB; 256 KiB for each is checked'),
  differs('data', 'Time limit of an expression', 'one million evaluation steps where it defines functions'),
  supported('data', '256 KiB for inputs, results and outputs'),

  supported('errors', 'States.ALL, States.TaskFailed, States.Timeout, States.QueryEvaluationError'),
  supported('errors', 'States.Runtime', 'ends the execution, whatever Retry and Catch say'),
  differs(
    'errors',
    'States.NoChoiceMatched',
    'as documented; Step Functions has been seen to report States.Runtime with the same cause',
  ),
  differs('errors', 'States.BranchFailed', 'matches any failure in a branch; the error keeps its own name'),
  supported('errors', 'Lambda.* and Sandbox.Timedout'),

  supported('history', 'Event types, details, ids and previousEventId', 'as recorded of Step Functions'),
  supported('history', '25,000 events'),
  differs(
    'history',
    'Events after ExecutionRedriven',
    'the state is entered again; no recording of AWS was found',
  ),

  supported('executions', 'Stop and timeout'),
  supported('executions', 'Redrive', '14 days, only what did not succeed'),
  supported('executions', 'Status events on the event bus'),
  differs('executions', 'An execution of more than a year', 'goes on'),
  differs('executions', 'Retention', 'kept until the process ends, not 90 days'),
];
