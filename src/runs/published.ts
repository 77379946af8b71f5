import type { ExecutionState } from '../executions/describe-execution.ts';

/** Whether production shows the load of a run. A run that was superseded succeeds, too, and its output is another. */
export function isPublished({ status, output }: Pick<ExecutionState, 'status' | 'output'>): boolean {
  return status === 'SUCCEEDED' && JSON.parse(output ?? '{}').outcome === 'published';
}
