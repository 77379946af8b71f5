import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderSteps } from '../../../src/definition/order.ts';

const order = (steps: Readonly<Record<string, readonly string[]>>) =>
  orderSteps(
    'load-orders',
    Object.entries(steps).map(([name, after]) => ({ name, after })),
  ).map(({ name }) => name);

describe('orderSteps', () => {
  it('leaves steps as they were written where nothing speaks against it', () => {
    expect(order({ C: [], A: [], B: ['A'] })).toEqual(['C', 'A', 'B']);
  });

  it.each([
    ['a cycle', { A: ['C'], B: ['A'], C: ['B'] }, 'steps wait for each other: A after C after B after A'],
    ['a cycle behind other steps', { A: [], B: ['A', 'C'], C: ['B'] }, 'B after C after B'],
    ['an unknown step', { A: ['B'] }, 'steps.A.after: there is no step "B"'],
    ['a step whose name differs in case', { A: [], B: ['a'] }, 'steps.B.after: there is no step "a"'],
    ['a name every object has', { A: ['constructor'] }, 'steps.A.after: there is no step "constructor"'],
    ['a step after itself', { A: ['A'] }, 'steps.A.after: a step cannot wait for itself'],
    ['a step that is there twice', { A: [], B: ['A', 'A'] }, 'steps.B.after: "A" is listed twice'],
  ])('refuses %s, and names pipeline and step', (_, steps, message) => {
    expect(() => order(steps)).toThrow(
      expect.objectContaining({
        name: 'InvalidPipeline',
        message: expect.stringMatching(/^pipeline "load-orders": /),
      }),
    );
    expect(() => order(steps)).toThrow(message);
  });

  it('puts every step behind all it depends on, whatever the order they are written in', () => {
    const graphs = fc.integer({ min: 1, max: 12 }).chain((size) =>
      fc.record({
        written: fc.shuffledSubarray([...Array(size).keys()], { minLength: size }),
        edges: fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 20 }),
      }),
    );

    fc.assert(
      fc.property(graphs, ({ written, edges }) => {
        const after = (step: number) => [
          ...new Set(edges.flatMap(([a, b]) => (b === step && a < step ? [`S${a}`] : []))),
        ];
        const steps = Object.fromEntries(written.map((step) => [`S${step}`, after(step)]));

        const ordered = order(steps);

        expect(ordered.toSorted()).toEqual(Object.keys(steps).toSorted());
        for (const [index, name] of ordered.entries()) {
          for (const dependency of steps[name] ?? []) expect(ordered.indexOf(dependency)).toBeLessThan(index);
        }
      }),
    );
  });
});
