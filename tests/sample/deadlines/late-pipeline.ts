import { WEEKDAYS } from '../../../src/definition/deadline/deadline.ts';
import type { Pipeline } from '../../../src/definition/pipeline.ts';
import { customerSales } from '../../../src/pipelines/customer-sales.ts';

/** The sample with a deadline. */
export const latePipeline: Pipeline = {
  ...customerSales,
  deadline: { at: '06:30', timezone: 'UTC', loadHours: 12, days: WEEKDAYS },
};
