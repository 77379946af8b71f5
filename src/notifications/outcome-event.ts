import * as z from 'zod';
import { StatusEventSchema } from '../executions/status-event.ts';
import { DmsEventSchema } from '../loads/dms-event.ts';

/**
 * Step Functions leaves out input and output that are too large. Error and cause are present when the run did not
 * succeed.
 */
const RunEndedEventSchema = StatusEventSchema.extend({
  detail: StatusEventSchema.shape.detail.extend({
    error: z.string().nullish(),
    cause: z.string().nullish(),
    output: z.string().nullish(),
    /** Epoch milliseconds. */
    startDate: z.number().nullish(),
    stopDate: z.number().nullish(),
  }),
});
export type RunEndedEvent = z.infer<typeof RunEndedEventSchema>;

/** The events that may need a message: the end of a run, or of a load. */
export const OutcomeEventSchema = z.discriminatedUnion('source', [RunEndedEventSchema, DmsEventSchema]);
export type OutcomeEvent = z.infer<typeof OutcomeEventSchema>;
