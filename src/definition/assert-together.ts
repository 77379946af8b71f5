import { InvalidPipeline } from '../errors/errors.ts';
import { refuseSharedConsumption } from './consumption.ts';
import type { Pipeline } from './pipeline.ts';

/**
 * Makes sure that pipelines can be in one stage. Every command that reads all pipelines of a stage calls this, so the local stage and
 * AWS refuse the same.
 * @throws InvalidPipeline for two pipelines of one name, and for one that empties a staged table that another one reads
 */
export function assertDeployableTogether(pipelines: readonly Pipeline[]): void {
  for (const [index, pipeline] of pipelines.entries()) {
    const earlier = pipelines.slice(0, index).find(({ name }) => name === pipeline.name);
    if (earlier === undefined) continue;
    const place =
      earlier === pipeline
        ? 'listed twice in src/pipelines/index.ts'
        : `also defined at ${earlier.definedAt ?? 'another place'}`;
    throw new InvalidPipeline(
      `pipeline "${pipeline.name}": is ${place}. Names are those of state machines: each pipeline needs its own`,
    ).at(pipeline.definedAt);
  }
  refuseSharedConsumption(pipelines);
}
