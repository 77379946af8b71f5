import type { Support } from '../../contracts.ts';

/** What the local SNS does. */
export const SNS_SUPPORT: readonly Support[] = [
  { operation: 'Publish', status: 'partial', note: 'To the fixed topics; the stack is the only subscriber.' },
  { operation: 'Publish', field: 'TargetArn', status: 'supported' },
  { operation: 'Publish', field: 'Subject', status: 'supported' },
  {
    operation: 'Publish',
    field: 'MessageStructure',
    status: 'partial',
    note: 'The default text is delivered.',
  },
  {
    operation: 'Publish',
    field: 'MessageAttributes',
    status: 'partial',
    note: 'Checked and counted, not delivered.',
  },
  { operation: 'Publish', field: 'PhoneNumber', status: 'refused', note: 'There is no text messaging.' },
  { operation: 'ListTopics', status: 'supported' },
];
