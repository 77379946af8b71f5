import { describe, expect, it } from 'vitest';
import { REDSHIFT_RESERVED } from '../../src/local/warehouse/dialect/reserved-words.ts';
import { toSqlName } from '../../src/names/sql-name.ts';

describe('a name that Redshift reserves', () => {
  it.each([...REDSHIFT_RESERVED])('is quoted in the SQL of the orchestrator: %s', (word) => {
    expect(toSqlName(word)).toBe(`"${word}"`);
  });
});
