import { describe, expect, it } from 'vitest';
import {
  conversionOf,
  DMS_TYPES,
  dmsTypeOf,
  redshiftType,
} from '../../../../src/local/services/dms/mapping/dms-type.ts';

describe('a column that DMS makes', () => {
  it.each([
    ['smallint', 'smallint'],
    ['integer', 'integer'],
    ['bigint', 'bigint'],
    ['real', 'real'],
    ['double precision', 'double precision'],
    ['numeric(18,2)', 'numeric(18,2)'],
    ['numeric(5)', 'numeric(5,0)'],
    ['numeric', 'numeric(28,6)'],
    ['money', 'numeric(38,4)'],
    ['boolean', 'varchar(5)'],
    ['date', 'date'],
    ['time without time zone', 'varchar(20)'],
    ['timestamp(3) without time zone', 'timestamp'],
    ['timestamp with time zone', 'timestamp'],
    ['character varying(10)', 'varchar(40)'],
    ['character varying', 'varchar(65535)'],
    ['character varying(20000)', 'varchar(65535)'],
    ['character(3)', 'varchar(12)'],
    ['text', 'varchar(32768)'],
    ['jsonb', 'varchar(32768)'],
    ['bytea', 'varchar(65535)'],
    ['uuid', 'varchar(36)'],
    ['integer[]', 'varchar(32768)'],
  ])('of %s is %s', (source, target) => {
    expect(redshiftType(dmsTypeOf(source), 32 * 1024)).toBe(target);
  });

  it('has a type whatever a rule names', () => {
    for (const type of DMS_TYPES) {
      expect(redshiftType({ type }, 1024)).toMatch(/^[a-z]/);
      expect(conversionOf({ type })).toMatch(/^[a-z]/);
    }
  });

  it('is a text where a time has more digits than Redshift keeps', () => {
    expect(redshiftType({ type: 'datetime', scale: 7 }, 1024)).toBe('varchar(37)');
    expect(redshiftType({ type: 'numeric', scale: 38 }, 1024)).toBe('varchar(65535)');
  });
});
