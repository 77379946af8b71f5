import * as z from 'zod';
import { StatusEventSchema } from '../executions/status-event.ts';
import { DmsEventSchema } from '../loads/dms-event.ts';

/** Step Functions drops input and output that are too large; error and cause are there for an end that is a failure. */
const RunEndedEventSchema = StatusEventSchema.extend({
  detail: StatusEventSchema.shape.detail.extend({
    error: z.string().nullish(),
    cause: z.string().nullish(),
    output: z.string().nullish(),
  }),
});
export type RunEndedEvent = z.infer<typeof RunEndedEventSchema>;

/** The events that somebody may have to be told of: the end of a run, and of a load. */
export const OutcomeEventSchema = z.discriminatedUnion('source', [RunEndedEventSchema, DmsEventSchema]);
export type OutcomeEvent = z.infer<typeof OutcomeEventSchema>;
