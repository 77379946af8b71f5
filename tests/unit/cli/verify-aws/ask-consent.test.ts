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

  it('is not given by the end of the input', async () => {
    const input = new PassThrough();
    input.end();

    expect(await askConsent({ input, output: new PassThrough() }, () => {})).toBe(false);
  });

  it.each([
    ['Ctrl-C, which is passed on', '\u0003', 1],
    ['Ctrl-D', '\u0004', 0],
  ])('is not given by %s', async (_key, typed, passedOn) => {
    const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => input });
    const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
    let interrupts = 0;
    const answer = askConsent({ input, output }, () => {
      interrupts += 1;
    });
    input.write(typed);

    expect([await answer, interrupts]).toEqual([false, passedOn]);
  });
});
