import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileStateMachine } from '../../../src/compile/machine/state-machine.ts';
import { createStepGraph } from '../../../src/compile/schedule/step-graph.ts';
import { compareMachines } from '../../../src/plan/compare/compare-machines.ts';
import { canonicalJson } from '../../../src/plan/json.ts';
import { type MachineFacts, readMachine } from '../../../src/plan/machine/read-machine.ts';
import { PIPELINE, withSteps } from '../../fixtures/plan/compared.ts';
import { pipelineAfter } from '../compile/pipeline-after.ts';
import { anyGraph } from '../compile/random-steps.ts';

const read = (definition: unknown): MachineFacts => readMachine(definition) ?? expect.fail('no machine');
const compiled = (graph: readonly { readonly name: string; readonly after: readonly string[] }[]) =>
  pipelineAfter(Object.fromEntries(graph.map(({ name, after }) => [name, after])));

describe('a machine that is read', () => {
  it('has every step behind the steps that it waits for, whatever the graph', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const { before, steps } = read(compileStateMachine(compiled(graph)));

        expect([...steps.keys()].toSorted()).toEqual(graph.map(({ name }) => name).toSorted());
        for (const { name, ancestors } of createStepGraph(graph))
          for (const ancestor of ancestors) expect(before.get(name)).toContain(ancestor.name);
      }),
    );
  });

  it('has no step behind one that some way leaves out', () => {
    const step = (name: string, Next: string) => ({
      Type: 'Task',
      Arguments: { Payload: { step: name, sqls: [`CALL mart.sp_${name}()`] } },
      Next,
    });
    const States = {
      First: step('First', 'Which'),
      Which: { Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'Aside' }], Default: 'Last' },
      Aside: step('Aside', 'Last'),
      Last: step('Last', 'End'),
      End: { Type: 'Succeed' },
    };

    expect(read({ StartAt: 'First', States }).before).toEqual(
      new Map([
        ['First', new Set()],
        ['Aside', new Set(['First'])],
        ['Last', new Set(['First'])],
      ]),
    );
  });

  it('differs in nothing from itself, whatever the order of its members and with its ARNs filled in', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const definition = compileStateMachine(compiled(graph));
        const deployed = canonicalJson(definition).replaceAll(
          /\$\{(\w+)FunctionArn\}/g,
          (_, name: string) =>
            `arn:aws:lambda:eu-central-1:123456789012:function:elt-test${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
        );

        expect(compareMachines('x', read(JSON.parse(deployed)), read(definition))).toEqual([]);
      }),
    );
  });

  it('is told of where the order differs, in both directions', () => {
    fc.assert(
      fc.property(anyGraph, anyGraph, (one, other) => {
        const [before, after] = [one, other].map((graph) => read(compileStateMachine(compiled(graph))));
        if (before === undefined || after === undefined) return;
        const common = [...before.steps.keys()].filter((name) => after.steps.has(name));
        const orderOf = ({ before: order }: MachineFacts) =>
          common.map((step) => common.filter((name) => order.get(step)?.has(name)));
        const kinds = compareMachines('x', before, after).map(({ kind }) => kind);

        const isSame = JSON.stringify(orderOf(before)) === JSON.stringify(orderOf(after));
        expect(kinds.some((kind) => kind.startsWith('order-'))).toBe(!isSame);
      }),
    );
  });
});

describe('what the plan has no words for', () => {
  const before = read(compileStateMachine(PIPELINE));
  const changed = (
    edit: (definition: Record<string, unknown> & { States: Record<string, Record<string, unknown>> }) => void,
  ) => {
    const definition = JSON.parse(JSON.stringify(compileStateMachine(PIPELINE)));
    edit(definition);
    return compareMachines('x', before, read(definition)).map(({ kind, what }) => `${kind}: ${what}`);
  };

  it('is told by the names of the states', () => {
    expect(changed(({ States }) => Object.assign(States.Take_Turn ?? {}, { TimeoutSeconds: 7 }))).toEqual([
      'state-changed: states that differ otherwise: Take_Turn',
    ]);
  });

  it('is told of a state of a type that is not known', () => {
    expect(
      changed(({ States }) => Object.assign(States.Wait_for_Turn ?? {}, { Type: 'Map', ItemProcessor: {} })),
    ).toEqual(['state-changed: states that differ otherwise: Wait_for_Turn']);
  });

  it('is told of a run that may take another time, where no step says why', () => {
    expect(changed((definition) => Object.assign(definition, { TimeoutSeconds: 60 }))).toEqual([
      expect.stringMatching(/^run-time-shorter: a run may take 60 s, in place of \d+$/),
    ]);
  });

  it('is only comments where only comments differ', () => {
    expect(changed((definition) => Object.assign(definition, { Comment: 'other' }))).toEqual([
      'comments: comments of the state machine differ',
    ]);
  });

  it.each([[undefined], [null], ['text'], [[]], [{}], [{ StartAt: 'A' }], [{ StartAt: 'A', States: {} }]])(
    'is no machine: %j',
    (definition) => {
      expect(readMachine(definition)).toBeUndefined();
    },
  );

  it('never fails on JSON of any form', () => {
    const state = fc.dictionary(
      fc.constantFrom('Type', 'Next', 'Arguments', 'Branches', 'Choices', 'Payload', 'step', 'sqls'),
      fc.oneof(fc.jsonValue(), fc.constantFrom('A', 'B', 'Task', 'Parallel', 'Choice')),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('A', 'B', 'C'), state), (States) => {
        const machine = readMachine({ StartAt: 'A', States });
        if (machine !== undefined) expect(compareMachines('x', machine, machine)).toEqual([]);
      }),
    );
  });

  it('is nothing of the kind where steps change: their words say it', () => {
    const after = withSteps((steps) => ({ ...steps, Aside: { call: 'mart.sp_aside' } }));

    const kinds = compareMachines('x', before, read(compileStateMachine(after))).map(({ kind }) => kind);

    expect(kinds).toEqual(['step-added']);
  });
});
