import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { prepareExpression } from '../../../../src/local/services/dms/mapping/sqlite-expression.ts';

const VALUES = { FIRST: 'Ada', LAST: null, SALARY: 20_000, ID: 9_007_199_254_740_993n };

describe('an expression of an added column', () => {
  it.each([
    ["$FIRST||'_'||upper($FIRST)", 'Ada_ADA'],
    ['$FIRST||$LAST', null],
    ["ifnull($LAST, 'none')", 'none'],
    ['CASE WHEN round($SALARY)>=20000 THEN ‘SENIOR’ ELSE ‘JUNIOR’ END', 'SENIOR'],
    ['$ID + 1', '9007199254740994'],
    ['$SALARY / 3.0', String(20_000 / 3)],
    ['substr($FIRST, -2)', 'da'],
    ["'$LAST'", '$LAST'],
    ['hash_sha256($FIRST)', createHash('sha256').update('Ada').digest('hex')],
    ['hash_sha256($LAST)', null],
    ["operation_indicator('D', 'U', 'I')", 'I'],
    ['hex($FIRST)', '416461'],
    ['zeroblob(2)', '0000'],
    ["date('2026-01-31', '+1 day')", '2026-02-01'],
  ])('%s', (text, expected) => {
    expect(prepareExpression(text).evaluate(VALUES)).toBe(expected);
  });

  it('tells the columns that it reads, but not what stands in quotes', () => {
    expect(prepareExpression("$A||'$B it''s $C'||$D$x||$A").names).toEqual(['A', 'D$x']);
  });

  it.each(['1, 2', 'nvl($A, 1)', '$A ||', ''])('is refused where SQLite does not know it: %j', (text) => {
    expect(() => prepareExpression(text)).toThrow();
  });
});
