import { describe, expect, it } from 'vitest';
import { compareTypes, describeColumnType, parseColumnType } from '../../../src/names/column-type.ts';

const typeOf = (text: string) => {
  const type = parseColumnType(text);
  if (type === undefined) throw new Error(`${text} is no type`);
  return type;
};

describe('a column’s type', () => {
  it.each([
    ['text', 'varchar(256)'],
    ['VARCHAR', 'character varying(256)'],
    ['nvarchar(10)', 'varchar(10)'],
    ['varchar(max)', 'varchar(65535)'],
    ['bpchar', 'char(256)'],
    ['char', 'character(1)'],
    ['int', 'integer'],
    ['int8', 'bigint'],
    ['decimal', 'numeric(18,0)'],
    ['numeric( 10 , 2 )', 'decimal(10,2)'],
    ['float', 'double precision'],
    ['bool', 'boolean'],
    ['datetime', 'timestamp without time zone'],
    ['timestamptz', 'timestamp with time zone'],
  ])('%s is %s', (one, other) => {
    expect(compareTypes(typeOf(one), typeOf(other))).toBe('same');
    expect(describeColumnType(typeOf(one))).toBe(describeColumnType(typeOf(other)));
  });

  it.each([
    ['varchar(10)', 'varchar(20)', 'wider'],
    ['varchar(10)', 'varchar(9)', 'narrower'],
    ['integer', 'bigint', 'wider'],
    ['integer', 'smallint', 'narrower'],
    ['real', 'double precision', 'wider'],
    ['numeric(10,2)', 'numeric(12,2)', 'wider'],
    ['numeric(10,2)', 'numeric(10,3)', 'narrower'],
    ['numeric(10,2)', 'numeric(11,3)', 'wider'],
    ['varchar(10)', 'char(10)', 'other'],
    ['integer', 'numeric(10,0)', 'other'],
    ['timestamp', 'timestamptz', 'other'],
    ['date', 'timestamp', 'other'],
  ])('%s as %s is %s', (expected, found, change) => {
    expect(compareTypes(typeOf(expected), typeOf(found))).toBe(change);
  });

  it.each(['uuid', 'varchar(x)', 'varchar(10,2)', 'date(3)', 'int, int', '', 'character varying varying'])(
    '%s is none of Redshift’s',
    (text) => {
      expect(parseColumnType(text)).toBeUndefined();
    },
  );
});
