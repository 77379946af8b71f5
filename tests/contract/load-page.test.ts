import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { STOP_REASONS } from '../../src/loads/stop-reason.ts';
import { VERDICTS } from '../../src/loads/validation.ts';

const page = await readFile(new URL('../../docs/loads.md', import.meta.url), 'utf8');

describe('the page about loads', () => {
  it('says of each stop reason what the code does', () => {
    const rows = [...page.matchAll(/^\| `([A-Z_]+)` \| (\w+) \|/gm)];

    expect(Object.fromEntries(rows.map(([, reason, meaning]) => [reason, meaning]))).toEqual(STOP_REASONS);
  });

  it('names each validation state that is not fine', () => {
    const named = [...page.matchAll(/^\| validation: (.*?) \|/gm)].flatMap(([, states = '']) =>
      [...states.matchAll(/`([^`]+)`/g)].map(([, state]) => state),
    );
    const expected = Object.keys(VERDICTS).filter((state) => VERDICTS[state] !== 'fine');

    expect(named.toSorted()).toEqual(expected.toSorted());
  });
});
