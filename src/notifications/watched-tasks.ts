import type { Pipeline } from '../definition/pipeline.ts';
import type { WatchedTask } from './load-message.ts';

/** The DMS tasks of the pipelines, each with the pipelines that wait for its loads. */
export function watchedTasks(
  pipelines: readonly Pipeline[],
  taskArns: Readonly<Record<string, string>>,
): readonly WatchedTask[] {
  return Object.entries(taskArns).map(([identifier, arn]) => ({
    identifier,
    arn,
    pipelines: pipelines.filter(({ tasks }) => tasks.includes(identifier)).map(({ name }) => name),
  }));
}
