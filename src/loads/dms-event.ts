import * as z from 'zod';
import { readStop } from './stop-reason.ts';

/**
 * The state change of a DMS replication task, as EventBridge delivers it. The schema is lenient: AWS's documented
 * sample has no eventId, recorded events have another detailMessage than the documented one, and both may get new
 * members.
 * https://docs.aws.amazon.com/dms/latest/userguide/CHAP_EventBridge.html
 */
export const DmsEventSchema = z.object({
  id: z.string().min(1),
  source: z.literal('aws.dms'),
  'detail-type': z.string().min(1),
  time: z.iso.datetime({ offset: true }),
  resources: z.array(z.string().min(1)).min(1),
  detail: z.object({
    eventType: z.string().min(1),
    eventId: z.string().optional(),
    detailMessage: z.string().optional(),
    type: z.string().optional(),
    category: z.string().optional(),
  }),
});
export type DmsEvent = z.infer<typeof DmsEventSchema>;

export const TASK_STATE_CHANGE = 'DMS Replication Task State Change';
export const TASK_STOPPED = 'REPLICATION_TASK_STOPPED';
export const TASK_FAILED = 'REPLICATION_TASK_FAILED';

/**
 * Why an event cannot be about a finished full load, or undefined when it may be. The message is no proof that a load
 * has finished: DMS is asked for that. But if the message names another stop reason, DMS need not be asked.
 */
export function reasonToIgnore(event: DmsEvent): string | undefined {
  if (event['detail-type'] !== TASK_STATE_CHANGE) return `the event is a "${event['detail-type']}"`;
  if (event.detail.eventType !== TASK_STOPPED)
    return `the event is ${event.detail.eventType}, not ${TASK_STOPPED}`;
  const message = event.detail.detailMessage ?? '';
  const meaning = readStop(message);
  return meaning === undefined || meaning === 'finished'
    ? undefined
    : `the task stopped for another reason: ${message}`;
}
