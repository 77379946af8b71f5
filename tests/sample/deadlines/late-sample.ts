import { moveSystemClock } from '../../../src/clock.ts';
import { type Sample, startSample } from '../sample-stack.ts';
import { latePipeline } from './late-pipeline.ts';

/** The sample with a deadline, at a time of today in UTC: `06:35`. @param handler the file of its notify-outcome */
export async function startLateSample(handler: URL, time: string): Promise<Sample> {
  const now = Date.now();
  moveSystemClock(Date.parse(`${new Date(now).toISOString().slice(0, 10)}T${time}Z`) - now);
  return startSample({
    pipelines: [latePipeline],
    adaptFunction: (spec) => (spec.name === 'notify-outcome' ? { ...spec, module: handler } : spec),
  });
}
