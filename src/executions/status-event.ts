import * as z from 'zod';

/**
 * Step Functions' event about an execution that has changed its status.
 * https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export const StatusEventSchema = z.object({
  source: z.literal('aws.states'),
  detail: z.object({
    executionArn: z.string().min(1),
    stateMachineArn: z.string().min(1),
    name: z.string().min(1),
    status: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE']),
    redriveCount: z.int().min(0).default(0),
  }),
});
export type StatusEvent = z.infer<typeof StatusEventSchema>;

export const EXECUTION_STATUS_CHANGE = 'Step Functions Execution Status Change';

/** Statuses after which no statement of an execution may go on. After FAILED it may: a redrive takes it over. */
export const STOPPED_STATUSES = ['ABORTED', 'TIMED_OUT'] as const;

/** Ends that somebody must know of. */
export const FAILED_STATUSES = ['FAILED', ...STOPPED_STATUSES] as const;
