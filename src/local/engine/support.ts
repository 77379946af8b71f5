import { tableRows } from '../support-table.ts';

/** One row of the table that says what of the Amazon States Language runs here, compared with Step Functions. */
export interface EngineSupport {
  readonly area: string;
  readonly feature: string;
  /** `supported`; `refused`: by name and place, when a machine is created; `differs`: see the note. */
  readonly status: string;
  readonly note: string;
}

/** What the local state machine engine supports. The documentation's table is made from it, and a test tries each row. */
export const ENGINE_SUPPORT: readonly EngineSupport[] = tableRows(`
  states | Task, Wait, Choice, Parallel, Pass, Succeed, Fail | supported |
  states | Map | refused |
  states | lambda:invoke | supported | Payload, Qualifier; in every partition
  states | sns:publish | differs | Errors are named SNS. and SNS's own name; AWS does not publish them all.
  states | Lambda function ARN as Resource | supported |
  states | Other task resources | refused | SDK integrations, activities, .sync, .waitForTaskToken
  states | InvocationType Event, ClientContext, LogType | refused |
  fields | JSONPath | refused | machines and states are JSONata
  fields | Unknown fields | refused |
  fields | Arguments, Output, Assign, Condition, Seconds, Timestamp, Error, Cause | supported |
  fields | TimeoutSeconds | supported | of the machine a number, of a task a number or JSONata
  fields | HeartbeatSeconds | differs | accepted and shown, never reached: a Lambda function sends no heartbeat
  fields | Retry and Catch | supported | intervals, MaxDelaySeconds, full jitter
  fields | Credentials | refused |
  data | $states.input, result, errorOutput, context | supported | each only where it is offered
  data | $partition, $range, $hash, $random, $uuid, $parse | supported |
  data | JSONata 2.0.6 without $eval | supported |
  data | Variables | supported | scopes as in Step Functions
  data | Size of all variables together | differs | no limit of 10 MiB; 256 KiB for each is checked
  data | Time limit of an expression | differs | one million evaluation steps where it defines functions
  data | 256 KiB for inputs, results and outputs | supported |
  errors | States.ALL, States.TaskFailed, States.Timeout, States.QueryEvaluationError | supported |
  errors | States.Runtime | supported | ends the execution, whatever Retry and Catch say
  errors | States.NoChoiceMatched | differs | as documented; Step Functions has been seen to report States.Runtime with the same cause
  errors | States.BranchFailed | differs | matches any failure in a branch; the error keeps its own name
  errors | Lambda.* and Sandbox.Timedout | supported |
  history | Event types, details, ids and previousEventId | supported | as recorded of Step Functions
  history | 25,000 events | supported |
  history | Events after ExecutionRedriven | differs | the state is entered again; no recording of AWS was found
  executions | Stop and timeout | supported |
  executions | Redrive | supported | 14 days, only what did not succeed
  executions | Status events on the event bus | supported |
  executions | An execution of more than a year | differs | goes on
  executions | Retention | differs | kept until the process ends, not 90 days
`).map(([area = '', feature = '', status = '', note = '']) => ({ area, feature, status, note }));
