import { renderMermaid } from '../../compile/machine/mermaid.ts';
import type { Pipeline } from '../../definition/pipeline.ts';
import { viewPermissions } from '../../plan/view/permission-view.ts';
import { viewPipeline } from '../../plan/view/pipeline-view.ts';
import { printableLines } from '../screen/text/printable.ts';
import { permissionLines, pipelineLines } from './pipeline-lines.ts';

export const PLAN_FORMATS = ['text', 'json', 'mermaid'] as const;
export type PlanFormat = (typeof PLAN_FORMATS)[number];

/** The pipelines themselves: what each is compiled to. @throws InvalidPipeline */
export function showPipelines(pipelines: readonly Pipeline[], format: PlanFormat, columns: number): string {
  if (format === 'mermaid')
    return pipelines.map((pipeline) => `%% ${pipeline.name}\n${renderMermaid(pipeline)}`).join('\n\n');
  const views = pipelines.map(viewPipeline);
  const permissions = viewPermissions();
  if (format === 'json') return JSON.stringify({ pipelines: views, permissions }, undefined, 2);
  const lines = [
    ...views.flatMap((view) => pipelineLines(view, columns)),
    ...permissionLines(permissions, columns),
  ];
  return printableLines(lines.join('\n'));
}
