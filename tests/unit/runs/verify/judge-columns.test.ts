import { describe, expect, it } from 'vitest';
import { judgeColumns } from '../../../../src/runs/verify/judge-columns.ts';

const columns = (texts: string) =>
  texts
    .split(';')
    .filter((text) => text.trim() !== '')
    .map((text) => {
      const [name = '', ...type] = text.trim().split(' ');
      return { name, type: type.join(' ') };
    });

const EXPECTED = columns('id varchar(10); amount numeric(10,2); at timestamp; note text');
const judge = (found: string, extra: 'allow' | 'warn' | 'fail' = 'fail') =>
  judgeColumns(EXPECTED, columns(found), extra);

describe('the columns of a staged table', () => {
  it('are the same under other names of their types', () => {
    const found =
      'id character varying(10); amount decimal(10,2); at timestamp without time zone; note varchar(256)';

    expect(judge(found)).toEqual({ problems: [], warnings: [] });
  });

  it.each([
    ['gone', 'id varchar(10); amount numeric(10,2); at timestamp', 'note is gone (varchar(256))'],
    [
      'new',
      'id varchar(10); amount numeric(10,2); at timestamp; note text; extra integer',
      'extra is new (integer)',
    ],
    [
      'narrower',
      'id varchar(9); amount numeric(10,2); at timestamp; note text',
      'id is narrower, varchar(9) in the place of varchar(10)',
    ],
    [
      'with fewer digits',
      'id varchar(10); amount numeric(9,2); at timestamp; note text',
      'amount is narrower, numeric(9,2) in the place of numeric(10,2)',
    ],
    [
      'of another type',
      'id varchar(10); amount numeric(10,2); at date; note text',
      'at has another type, date in the place of timestamp',
    ],
    [
      'of a type that nobody knows',
      'id varchar(10); amount money; at timestamp; note text',
      'amount has another type, money in the place of numeric(10,2)',
    ],
  ])('are a problem where one is %s', (_, found, problem) => {
    expect(judge(found)).toEqual({ problems: [problem], warnings: [] });
  });

  it('are told by both names where one was renamed', () => {
    expect(judge('id varchar(10); total numeric(10,2); at timestamp; note text')).toEqual({
      problems: ['amount is gone (numeric(10,2)); total may be its new name', 'total is new (numeric(10,2))'],
      warnings: [],
    });
  });

  it.each([
    [
      'wider',
      'id varchar(20); amount numeric(12,2); at timestamp; note text',
      [
        'id is wider, varchar(20) in the place of varchar(10)',
        'amount is wider, numeric(12,2) in the place of numeric(10,2)',
      ],
    ],
    [
      'in another place',
      'amount numeric(10,2); id varchar(10); at timestamp; note text',
      ['its columns stand in another order'],
    ],
  ])('are a warning where one is %s', (_, found, warnings) => {
    expect(judge(found)).toEqual({ problems: [], warnings });
  });

  it('may be more, with a warning or without, where the definition says so', () => {
    const found = 'new integer; id varchar(10); amount numeric(10,2); at timestamp; note text';

    expect(judge(found, 'allow')).toEqual({ problems: [], warnings: [] });
    expect(judge(found, 'warn')).toEqual({ problems: [], warnings: ['new is new (integer)'] });
  });
});
