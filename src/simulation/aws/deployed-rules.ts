import type { Pipeline } from '../../definition/pipeline.ts';
import { compileEventRules, type Rule } from '../../local/parts.ts';
import { compileLocalStage } from '../../local-stage/compiled-stage.ts';
import { readDeployedResources } from '../../local-stage/deployed-resources.ts';

const compiled = new Map<string, readonly Rule[]>();

type Tasks = readonly { readonly arn: string; readonly identifier: string }[];

/** The rules that the local stage deploys for these pipelines and tasks, compiled once a process. */
export function deployedRules(pipelines: readonly Pipeline[], tasks: Tasks): readonly Rule[] {
  const key = JSON.stringify([pipelines.map(({ name }) => name), tasks.map(({ arn }) => arn)]);
  const known =
    compiled.get(key) ?? compileEventRules(readDeployedResources(compileLocalStage(pipelines, tasks)).rules);
  compiled.set(key, known);
  return known;
}
