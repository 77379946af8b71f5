import type { Support } from '../../contracts.ts';

/** What the local Lambda does. */
export const LAMBDA_SUPPORT: readonly Support[] = [
  {
    operation: 'Invoke',
    status: 'supported',
    note: 'RequestResponse, Event and DryRun; 6 MB, and 1 MB for Event.',
  },
  {
    operation: 'Invoke',
    field: 'InvocationType Event',
    status: 'supported',
    note: 'Two retries, after one and two minutes, then the on-failure queue.',
  },
  {
    operation: 'Invoke',
    field: 'Qualifier',
    status: 'partial',
    note: '$LATEST only: there are no versions.',
  },
  { operation: 'Invoke', field: 'LogType', status: 'supported' },
  { operation: 'Invoke', field: 'ClientContext', status: 'supported' },
  {
    operation: 'Invoke',
    field: 'environments',
    status: 'partial',
    note:
      'All functions share one thread, with module instances and environment variables of their own. After a timeout or a ' +
      'fatal error new invocations get a new thread; the old one ends when its other invocations are done, and an abandoned ' +
      'handler may go on until then. A handler that ends the thread itself takes the others with it.',
  },
  {
    operation: 'Invoke',
    field: 'limits',
    status: 'partial',
    note: 'Timeouts hold. Memory is one limit for all functions, and there is no limit of concurrency.',
  },
  { operation: 'ListFunctions', status: 'partial', note: 'On one page.' },
];
