import { describe, expect, it } from 'vitest';
import { compareFiles, compareVersions, readFileName } from '../../../src/migrations/file-name.ts';

describe('readFileName', () => {
  it('reads a version and its description', () => {
    expect(readFileName('V001_2__create_dim_cust.sql')).toEqual({
      kind: 'versioned',
      version: '001_2',
      description: 'create dim cust',
    });
  });

  it('reads a repeatable', () => {
    expect(readFileName('R__user_grants.sql')).toEqual({ kind: 'repeatable', description: 'user grants' });
  });

  it.each([
    'create.sql',
    'V__x.sql',
    'V1_x.sql',
    'R1__x.sql',
    'v1__x.sql',
    'V1__x.SQL',
    'U1__x.sql',
    'V1.__x.sql',
  ])('does not take %s for a migration', (file) => {
    expect(readFileName(file)).toBeUndefined();
  });
});

describe('the order of files', () => {
  it('is that of the versions’ numbers, then that of the repeatables’ names', () => {
    const ordered = ['V2__a.sql', 'V2.1__a.sql', 'V2_10__a.sql', 'V10__a.sql', 'R__A.sql', 'R__b.sql'];

    expect(ordered.toReversed().toSorted(compareFiles)).toEqual(ordered);
  });

  it('tells versions apart whatever their size', () => {
    expect(compareVersions('20261128201614492', '20261128201614493')).toBe(-1);
  });

  it('takes versions for the same that are written otherwise', () => {
    expect(compareVersions('1', '001.0')).toBe(0);
    expect(compareVersions('1.1', '1_1')).toBe(0);
  });
});
