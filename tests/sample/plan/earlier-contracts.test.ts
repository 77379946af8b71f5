import { describe, expect, it } from 'vitest';
import { compileStateMachine } from '../../../src/compile/machine/state-machine.ts';
import { pipelines } from '../../../src/pipelines/index.ts';
import { compareMachines } from '../../../src/plan/compare/compare-machines.ts';
import { type MachineFacts, readMachine } from '../../../src/plan/machine/read-machine.ts';
import { readGolden } from '../golden-machines.ts';

const [pipeline] = pipelines as [(typeof pipelines)[number]];
const golden = async (contract: number): Promise<MachineFacts> =>
  readMachine(JSON.parse(await readGolden(contract))) ?? expect.fail('no machine');

describe('machines of earlier contracts', () => {
  it('are read, and told apart in words', async () => {
    const [first, second] = [await golden(1), await golden(2)];

    const changes = compareMachines(pipeline.name, first, second);

    expect([first.unread, second.unread]).toEqual([[], []]);
    expect(changes.map(({ kind, where }) => `${kind} ${where.step ?? ''}`.trim())).toEqual([
      'step-gone Check_Sales_Fact',
      'audit-added Load_Customer_Dim',
      'audit-added Load_Sales_Fact',
      'audit-added Load_Sales_Fact',
      'audit-added Load_Sales_Fact',
      'contract-changed',
    ]);
  });

  it('differ in nothing where the contract is the same', async () => {
    const current = readMachine(compileStateMachine(pipeline)) ?? expect.fail('no machine');

    expect(compareMachines(pipeline.name, await golden(2), current)).toEqual([]);
  });
});
