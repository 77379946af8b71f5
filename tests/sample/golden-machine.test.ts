import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { renderMermaid } from '../../src/compile/machine/mermaid.ts';
import { compileStateMachine } from '../../src/compile/machine/state-machine.ts';
import { customerSales } from '../../src/pipelines/customer-sales.ts';
import { CONTRACT_VERSION } from '../../src/statements/contract-version.ts';
import { CONTRACTS, GOLDEN_FOLDER, goldenFile, readGolden } from './golden-machines.ts';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

describe('the sample’s state machine', () => {
  it('is the one that was read and agreed on: npm run -s asl -- customer-sales prints it', async () => {
    const golden = JSON.parse(await readGolden(CONTRACT_VERSION));

    expect(JSON.parse(JSON.stringify(compileStateMachine(customerSales)))).toEqual(golden);
  });

  it('is kept as it was released under each contract that the functions take, and no other', async () => {
    expect((await readdir(GOLDEN_FOLDER)).toSorted()).toEqual(CONTRACTS.map(goldenFile).toSorted());
  });

  it.each(CONTRACTS)('sends the version of its contract: %i', async (contract) => {
    const versions = [...(await readGolden(contract)).matchAll(/"contractVersion": (\d+)/g)];

    expect(new Set(versions.map(([, version]) => Number(version)))).toEqual(new Set([contract]));
  });

  it('has its picture in docs/pipelines.md', async () => {
    expect(await read('../../docs/pipelines.md')).toContain(
      `\`\`\`mermaid\n${renderMermaid(customerSales)}\n\`\`\``,
    );
  });
});
