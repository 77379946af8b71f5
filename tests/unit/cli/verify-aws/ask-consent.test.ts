import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { askConsent } from '../../../../src/cli/verify-aws/ask-consent.ts';

describe('consent', () => {
  it.each([
    ['y\n', true],
    ['YES\n', true],
    ['\n', false],
    ['n\n', false],
    ['yesterday\n', false],
  ])('to %j is %s', async (typed, isGiven) => {
    const input = new PassThrough();
    const answer = askConsent({ input, output: new PassThrough() }, () => {});
    input.write(typed);

    expect(await answer).toBe(isGiven);
  });

  it('is not given by the end of the input, nor by Ctrl-C, which is passed on', async () => {
    const ended = new PassThrough();
    ended.end();
    expect(await askConsent({ input: ended, output: new PassThrough() }, () => {})).toBe(false);

    const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => input });
    const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
    let interrupts = 0;
    const answer = askConsent({ input, output }, () => {
      interrupts += 1;
    });
    input.write('\u0003');

    expect([await answer, interrupts]).toEqual([false, 1]);
  });
});
