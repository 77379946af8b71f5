import type { Pipeline } from '../../definition/pipeline.ts';
import { createStepGraph, directDependencies } from '../schedule/step-graph.ts';

/**
 * Draws the steps of a pipeline as a Mermaid flowchart: an arrow from a step to each that waits for it, without those
 * that other arrows imply. Ends without a line break. https://mermaid.js.org/syntax/flowchart.html
 */
export function renderMermaid(pipeline: Pipeline): string {
  const nodes = createStepGraph(pipeline.steps);
  const steps = nodes.map(({ name }) => `  ${nodeId(name)}["${name}"]`);
  const arrows = nodes.flatMap((node) =>
    directDependencies(node).map(({ name }) => `  ${nodeId(name)} --> ${nodeId(node.name)}`),
  );
  return ['flowchart LR', ...steps, ...arrows].join('\n');
}

/** Not the bare name: a step may be called `end`, which is a word of Mermaid's. */
function nodeId(step: string): string {
  return `step_${step}`;
}
