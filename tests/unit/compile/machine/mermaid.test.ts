import { describe, expect, it } from 'vitest';
import { renderMermaid } from '../../../../src/compile/machine/mermaid.ts';
import { pipelineAfter } from '../pipeline-after.ts';

describe('renderMermaid', () => {
  it('draws every step, and an arrow for every dependency that no other implies', () => {
    const pipeline = pipelineAfter({ Dim: [], Fact: ['Dim'], Totals: ['Dim', 'Fact'], Alone: [] });

    expect(renderMermaid(pipeline)).toBe(`flowchart LR
  step_Dim["Dim"]
  step_Fact["Fact"]
  step_Totals["Totals"]
  step_Alone["Alone"]
  step_Dim --> step_Fact
  step_Fact --> step_Totals`);
  });
});
