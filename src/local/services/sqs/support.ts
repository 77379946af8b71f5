import type { Support } from '../../contracts.ts';

/** What the local SQS does. */
export const SQS_SUPPORT: readonly Support[] = [
  {
    operation: 'SendMessage',
    status: 'supported',
    note: 'Up to 1 MiB, with attributes, digests and a delay.',
  },
  {
    operation: 'SendMessage',
    field: 'MessageSystemAttributes',
    status: 'partial',
    note: 'Accepted and forgotten.',
  },
  {
    operation: 'SendMessage',
    field: 'MessageGroupId',
    status: 'partial',
    note: 'Checked and forgotten: all queues are standard queues.',
  },
  {
    operation: 'ReceiveMessage',
    status: 'supported',
    note: 'Long poll and visibility timeout; always in order.',
  },
  {
    operation: 'DeleteMessage',
    status: 'supported',
    note: 'Every receipt handle of a message deletes it, the older ones too.',
  },
  { operation: 'GetQueueUrl', status: 'supported' },
  {
    operation: 'GetQueueAttributes',
    status: 'partial',
    note: 'Counts and settings of a standard queue; no policy.',
  },
  { operation: 'ListQueues', status: 'partial', note: 'By prefix, on one page.' },
];
