import type { Pipeline } from '../../definition/pipeline.ts';
import { createStepGraph, directDependencies } from '../schedule/step-graph.ts';

/**
 * Draws the steps of a pipeline as a Mermaid flowchart. An arrow leads from a step to each step that waits for it;
 * arrows that follow from others are left out. Ends without a line break.
 * https://mermaid.js.org/syntax/flowchart.html
 */
export function renderMermaid(pipeline: Pipeline): string {
  const nodes = createStepGraph(pipeline.steps);
  const steps = nodes.map(({ name }) => `  ${nodeId(name)}["${name}"]`);
  const arrows = nodes.flatMap((node) =>
    directDependencies(node).map(({ name }) => `  ${nodeId(name)} --> ${nodeId(node.name)}`),
  );
  return ['flowchart LR', ...steps, ...arrows].join('\n');
}

/** The name has a prefix, because a step may be called `end`, which is a keyword of Mermaid. */
function nodeId(step: string): string {
  return `step_${step}`;
}
