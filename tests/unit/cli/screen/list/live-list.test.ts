import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createProgressDisplay } from '../../../../../src/cli/screen/list/progress-display.ts';
import type { ShownRow } from '../../../../../src/cli/screen/list/shown-row.ts';
import { widthOf } from '../../../../../src/cli/screen/text/text-width.ts';
import { createFakeTerminal } from '../../../../fixtures/runner/fake-terminal.ts';

const row = (name: string, state: ShownRow['state'], more: Partial<ShownRow> = {}): ShownRow => ({
  ...{ name, about: `calls dbo.${name}`, state, result: '', sentence: { subject: name, result: '' } },
  ...more,
});

const ROWS: readonly ShownRow[] = [
  row('Load_Dim', 'done', { result: 'dbo.dim: 12,345 in', startedAt: 0, endedAt: 1500 }),
  row('Load_Keys', 'running', { startedAt: 1000 }),
  row('Load_Sales_Fact', 'not-started'),
];

function open(columns: number, rows = 24) {
  const terminal = createFakeTerminal(columns, rows);
  const display = createProgressDisplay(terminal.stream, () => 3400, { TERM: 'xterm' });
  opened.push(display.close);
  return { terminal, display };
}

const opened: (() => void)[] = [];
afterEach(() => {
  for (const close of opened.splice(0)) close();
  vi.unstubAllEnvs();
});

describe('the list of steps on a terminal', () => {
  it('has a row for each step, with what it does or did and the time it takes', () => {
    const { terminal, display } = open(60);

    display.list(ROWS);

    expect(terminal.shown().split('\n')).toEqual([
      '✓ Load_Dim         dbo.dim: 12,345 in                 1.5 s',
      '⠋ Load_Keys        calls dbo.Load_Keys                2.4 s',
      '· Load_Sales_Fact  calls dbo.Load_Sales_Fact',
    ]);
  });

  it('is drawn in place: what is written meanwhile stands above it, once', () => {
    const { terminal, display } = open(60);
    display.list(ROWS);

    display.sentence('✓ one');
    display.list(ROWS.map((shown) => ({ ...shown, state: 'done', result: 'done', endedAt: 3000 })));
    display.sentence('✓ two');
    display.close();

    const lines = terminal.shown().split('\n');
    expect(lines.slice(0, 2)).toEqual(['✓ one', '✓ two']);
    expect(lines.slice(2).map((line) => line.slice(0, 6))).toEqual(['✓ Load', '✓ Load', '✓ Load']);
    expect(lines).toHaveLength(5);
  });

  it('shows the reason at the step that failed, in short while it is live and whole at the end', () => {
    const { terminal, display } = open(60);
    const cause = `ERROR: boom \u001B[2J ${'and more '.repeat(30)}`;
    display.list([...ROWS.slice(0, 1), row('Load_Keys', 'failed', { result: 'StatementFailed', cause })]);
    const live = terminal.shown();
    display.close();

    expect(live).toMatch(
      /✗ Load_Keys.*StatementFailed\n {4}ERROR: boom ⟨U\+001B⟩\[2J and more.*\n {4}… \d+ more lines$/,
    );
    expect(terminal.shown()).not.toContain('more lines');
    expect(terminal.shown().match(/and\s+more/g)).toHaveLength(30);
  });

  it('shows what failed and what runs where it is higher than the terminal, and counts the rest', () => {
    const { terminal, display } = open(60, 6);
    const rows = Array.from({ length: 15 }, (_, index) =>
      row(`Step_${index}`, index < 9 ? 'done' : 'not-started'),
    );
    rows[2] = row('Step_2', 'failed', { result: 'StatementFailed', cause: 'boom' });
    rows[12] = row('Step_12', 'running', { startedAt: 0 });

    display.list(rows);

    const lines = terminal.shown().split('\n');
    expect(lines).toHaveLength(5);
    expect(lines.join('\n')).toMatch(/✗ Step_2 [\s\S]*⠋ Step_12 /);
    expect(lines.at(-1)).toBe('… 11 more');
  });

  it('leaves nothing of itself behind, whatever the terminal’s size is and becomes', () => {
    const size = fc.record({
      columns: fc.integer({ min: 1, max: 130 }),
      rows: fc.integer({ min: 2, max: 30 }),
    });
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(size, size, fc.array(name, { maxLength: 12 }), (before, after, names) => {
        const { terminal, display } = open(before.columns, before.rows);
        display.sentence('✓ before');
        const rows = names.map((text, index) => row(text, index % 2 ? 'running' : 'done', { startedAt: 0 }));
        display.list(rows);
        for (const line of terminal.shown().split('\n'))
          expect(widthOf(line)).toBeLessThanOrEqual(before.columns);

        terminal.resize(after);
        display.list([]);

        // Where the list was broken into more lines than the terminal has, the upper ones are out of reach.
        if (rows.length * Math.ceil(before.columns / after.columns) < after.rows)
          expect(terminal.shown().replaceAll(/\s/g, '')).toBe('✓before');
      }),
    );
  });

  it('says of what still ran that it was cancelled', () => {
    const { terminal, display } = open(80);
    display.list(ROWS);
    display.close();

    expect(terminal.shown()).toMatch(/– Load_Keys .*cancelled/);
  });
});

describe('where nothing is drawn anew', () => {
  it.each([
    ['in a pipe', false, { TERM: 'xterm' }],
    ['under CI', true, { TERM: 'xterm', CI: 'true' }],
    ['on a dumb terminal', true, { TERM: 'dumb' }],
  ])('there is a line for each event: %s', (_, isTTY, env) => {
    vi.stubEnv('FORCE_COLOR', undefined);
    const written: string[] = [];
    const stream = {
      isTTY,
      columns: 20,
      rows: 5,
      getColorDepth: () => 1,
      on: () => {},
      write: (text: string) => written.push(text),
    };
    const display = createProgressDisplay(stream as unknown as NodeJS.WriteStream, () => 0, env);

    display.begin('step');
    display.list(ROWS);
    display.end('step', 'done\u001B[2J', { ms: 184_000 });
    display.close();

    expect(display.isLive).toBe(false);
    expect(written).toEqual(['… step\n', '✓ step: done⟨U+001B⟩[2J (3 min 04 s)\n']);
  });
});
