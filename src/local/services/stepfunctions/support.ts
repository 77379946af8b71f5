import { supportTable } from '../../support-table.ts';

/** What the local Step Functions API does; what machines may consist of is in the engine's table. */
export const STEP_FUNCTIONS_SUPPORT = supportTable(`
  CreateStateMachine | | supported |
  CreateStateMachine | definition | partial | JSONata machines; what the engine does not run is refused by name and place.
  CreateStateMachine | type | partial | STANDARD; EXPRESS is refused.
  CreateStateMachine | publish | refused | There are no versions and aliases.
  CreateStateMachine | loggingConfiguration, tracingConfiguration, encryptionConfiguration | partial | Accepted, without effect.
  UpdateStateMachine | | partial | Definition and role, at once: executions that are there keep theirs, also when they are redriven.
  DeleteStateMachine | | partial | At once, with all executions; those that run are aborted.
  DescribeStateMachine | | supported |
  ListStateMachines | | supported | By name.
  StartExecution | | supported |
  StartExecution | stateMachineArn | partial | Of any Region and account; answered as the local ones.
  StartExecution | name | partial | Taken until the process ends, not for 90 days; of executions that were forgotten, the last 20,000.
  StartExecution | traceHeader | partial | Accepted, without effect.
  DescribeExecution | | supported | Up to date at once. Those that ended first are forgotten when all that have ended have more than 25,000 events, not after 90 days.
  DescribeExecution | includedData | partial | Data is always included.
  ListExecutions | | supported | Up to date at once.
  ListExecutions | mapRunArn | refused | There are no Map states.
  GetExecutionHistory | | supported |
  StopExecution | | supported | A function that runs is not stopped, as in AWS.
  RedriveExecution | | supported | ExecutionLimitExceeded is never thrown.
  ListTagsForResource | | supported | Of state machines.
  TagResource | | supported | Of state machines.
  UntagResource | | supported | Of state machines.
`);
