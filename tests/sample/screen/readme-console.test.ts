import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createProgressDisplay } from '../../../src/cli/screen/list/progress-display.ts';
import { showLoad } from '../../../src/cli/screen/show-load.ts';
import { collectNews } from '../../../src/cli/screen/stack-news.ts';
import type { SampleRows } from '../../../src/local-stage/sample.ts';
import { startSampleStack } from '../../../src/local-stage/sample-stack.ts';
import type { Stack } from '../../../src/local-stage/stack.ts';
import { customerSales } from '../../../src/pipelines/customer-sales.ts';
import { createFakeTerminal } from '../../fixtures/runner/fake-terminal.ts';

let stack: Stack;

/** What npm start shows on a terminal of 80 columns, after the local AWS is there. */
async function shownOnTerminal(kind: Exclude<SampleRows['kind'], 'many'>): Promise<string> {
  const terminal = createFakeTerminal(80, 60);
  const display = createProgressDisplay(terminal.stream, Date.now, { TERM: 'xterm' });
  const news = collectNews(customerSales.name, display.sentence);
  const pipelines = [customerSales];
  stack = await startSampleStack({ port: 0, sample: { kind }, pipelines, ...news });
  await showLoad({ stack, pipeline: customerSales, pipelines, display, news, hints: [], tryNext: [] });
  return alike(terminal.shown());
}

/** Without what differs from run to run, and from terminal to terminal. */
function alike(text: string): string {
  return text
    .replaceAll(/\d{8}T\d{9}Z-[0-9a-f]{12}/g, 'RUN')
    .replaceAll(/\d+\.\d s\b/g, '0.1 s')
    .replaceAll(/\s+/g, ' ');
}

/** The README's two consoles: of a good night and of a bad one. Lines of before the load, and `…`, are left out. */
async function readConsoles(): Promise<readonly (readonly string[])[]> {
  const page = await readFile(new URL('../../../README.md', import.meta.url), 'utf8');
  return [...page.matchAll(/```console\n([\s\S]*?)```/g)].map(([, block = '']) =>
    block
      .split('\n')
      .filter((line) => line.trim() !== '' && !/^(?:\$ |Installing |✓ local AWS)|…/.test(line)),
  );
}

describe('the consoles of README.md', () => {
  afterEach(() => stack.close());

  it.each([
    ['small', 0],
    ['as-published', 1],
  ] as const)('are what npm start shows: %s', async (sample, index) => {
    const lines = (await readConsoles())[index] ?? [];

    const shown = await shownOnTerminal(sample);

    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines) expect(shown).toContain(alike(line).trim());
  });
});
