import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createProgressDisplay } from '../../../../../src/cli/screen/list/progress-display.ts';

/** What a display writes to a stream. */
function collect(terminal: object) {
  const written: string[] = [];
  const stream = Object.assign(Object.create(process.stdout), {
    write: (text: string) => written.push(text) > 0,
    ...terminal,
  });
  return {
    display: createProgressDisplay(stream as NodeJS.WriteStream, () => 0, { TERM: 'xterm' }),
    written,
  };
}

const LONG = '✗ Load_Customer_Dim calls dbo.sp_load_cust_dim: not run, because Check_Staged_Sales failed';

describe('the display', () => {
  beforeEach(() => {
    vi.stubEnv('FORCE_COLOR', undefined);
    vi.stubEnv('NO_COLOR', undefined);
  });
  afterEach(() => vi.unstubAllEnvs());

  it('writes plain lines, whole, where nobody sits at a terminal', () => {
    const { display, written } = collect({ isTTY: false });

    display.sentence(LONG);
    display.end('step', 'done', { ms: 1234 });
    display.close();

    expect(written).toEqual([`${LONG}\n`, '✓ step: done (1.2 s)\n']);
  });

  it('breaks lines at a terminal’s width and colours the mark, unless there is NO_COLOR', () => {
    const [coloured, plain] = [8, 1].map((depth) => {
      const { display, written } = collect({ isTTY: true, columns: 80, getColorDepth: () => depth });
      display.sentence(LONG);
      display.close();
      return written.join('').replaceAll('\r\u001B[2K', '');
    });

    const lines = (mark: string) =>
      `${mark} Load_Customer_Dim calls dbo.sp_load_cust_dim: not run, because\n    Check_Staged_Sales failed\n`;
    expect(coloured).toBe(lines('\u001B[31m✗\u001B[39m'));
    expect(plain).toBe(lines('✗'));
  });
});
