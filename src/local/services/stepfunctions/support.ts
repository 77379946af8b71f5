import type { Support } from '../../contracts.ts';

/** What the local Step Functions API does; what machines may consist of is in the engine's table. */
export const STEP_FUNCTIONS_SUPPORT: readonly Support[] = [
  { operation: 'CreateStateMachine', status: 'supported' },
  {
    operation: 'CreateStateMachine',
    field: 'definition',
    status: 'partial',
    note: 'JSONata machines; what the engine does not run is refused by name and place.',
  },
  {
    operation: 'CreateStateMachine',
    field: 'type',
    status: 'partial',
    note: 'STANDARD; EXPRESS is refused.',
  },
  {
    operation: 'CreateStateMachine',
    field: 'publish',
    status: 'refused',
    note: 'There are no versions and aliases.',
  },
  {
    operation: 'CreateStateMachine',
    field: 'loggingConfiguration, tracingConfiguration, encryptionConfiguration',
    status: 'partial',
    note: 'Accepted, without effect.',
  },
  {
    operation: 'UpdateStateMachine',
    status: 'partial',
    note: 'Definition and role, at once: executions that are there keep theirs, also when they are redriven.',
  },
  {
    operation: 'DeleteStateMachine',
    status: 'partial',
    note: 'At once, with all executions; those that run are aborted.',
  },
  { operation: 'DescribeStateMachine', status: 'supported' },
  { operation: 'ListStateMachines', status: 'supported', note: 'By name.' },
  { operation: 'StartExecution', status: 'supported' },
  {
    operation: 'StartExecution',
    field: 'stateMachineArn',
    status: 'partial',
    note: 'Of any Region and account; answered as the local ones.',
  },
  {
    operation: 'StartExecution',
    field: 'name',
    status: 'partial',
    note: 'Taken until the process ends, not for 90 days.',
  },
  { operation: 'StartExecution', field: 'traceHeader', status: 'partial', note: 'Accepted, without effect.' },
  { operation: 'DescribeExecution', status: 'supported', note: 'Up to date at once.' },
  {
    operation: 'DescribeExecution',
    field: 'includedData',
    status: 'partial',
    note: 'Data is always included.',
  },
  { operation: 'ListExecutions', status: 'supported', note: 'Up to date at once.' },
  { operation: 'ListExecutions', field: 'mapRunArn', status: 'refused', note: 'There are no Map states.' },
  { operation: 'GetExecutionHistory', status: 'supported' },
  {
    operation: 'StopExecution',
    status: 'supported',
    note: 'A function that runs is not stopped, as in AWS.',
  },
  { operation: 'RedriveExecution', status: 'supported', note: 'ExecutionLimitExceeded is never thrown.' },
  { operation: 'ListTagsForResource', status: 'supported', note: 'Of state machines.' },
  { operation: 'TagResource', status: 'supported', note: 'Of state machines.' },
  { operation: 'UntagResource', status: 'supported', note: 'Of state machines.' },
];
