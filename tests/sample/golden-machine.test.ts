import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { renderMermaid } from '../../src/compile/mermaid.ts';
import { compileStateMachine } from '../../src/compile/state-machine.ts';
import { customerSales } from '../../src/pipelines/customer-sales.ts';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

describe('the sample’s state machine', () => {
  it('is the one that was read and agreed on: npm run -s asl -- customer-sales prints it', async () => {
    const golden = JSON.parse(await read('golden/redshift-elt-load-customer-sales.asl.json'));

    expect(JSON.parse(JSON.stringify(compileStateMachine(customerSales)))).toEqual(golden);
  });

  it('has its picture in README.md', async () => {
    expect(await read('../../README.md')).toContain(`\`\`\`mermaid\n${renderMermaid(customerSales)}\n\`\`\``);
  });
});
