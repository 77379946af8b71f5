import { describe, expect, it } from 'vitest';
import { definePipeline } from '../../../../src/definition/define-pipeline.ts';
import { isFenced } from '../../../../src/steps/step.ts';

const define = (audit: unknown, step: object = {}) =>
  definePipeline({
    name: 'load-mart',
    tasks: ['a-task'],
    stagedTables: ['mart.stg'],
    steps: { Load: { call: 'mart.sp_load', audit: audit as never, ...step } },
  });

const auditsOf = (audit: unknown) =>
  define(audit)
    .steps.filter(isFenced)
    .flatMap(({ audits }) => audits);

describe('the audits of a step', () => {
  it('have names that are made of what they say, and fail the step unless they are to warn', () => {
    const audits = auditsOf([
      'facts_differ',
      { check: 'others_differ', severity: 'warn' },
      { unique: 'MART.Sale', columns: ['Number'] },
      { notNull: 'mart.sale', columns: ['a', 'b'] },
      { references: 'mart.sale', columns: ['customer'], to: 'mart.customer', key: ['id'] },
      { accepted: 'mart.sale', column: 'flag', values: ['Y', 'N'] },
      { rows: 'mart.sale', min: 1, name: 'not empty' },
    ]);

    expect(audits.map(({ name, severity }) => [name, severity])).toEqual([
      ['facts_differ', 'fail'],
      ['others_differ', 'warn'],
      ['unique mart.sale (number)', 'fail'],
      ['notNull mart.sale (a, b)', 'fail'],
      ['references mart.sale (customer) to mart.customer (id)', 'fail'],
      ['accepted mart.sale (flag)', 'fail'],
      ['not empty', 'fail'],
    ]);
  });

  it('show no rows where they only warn: those can be looked at in production', () => {
    const audits = auditsOf([
      { check: 'a', showRows: true },
      { check: 'b', showRows: true, severity: 'warn' },
    ]);

    expect(audits.map(({ showRows }) => showRows)).toEqual([true, false]);
  });

  it('refer to the same columns unless the key has others', () => {
    expect(auditsOf([{ references: 'a.b', columns: ['x'], to: 'c.d' }])).toMatchObject([{ key: ['x'] }]);
  });

  it.each([
    ['±20%', { least: 0.8, most: 1.2 }],
    ['+50%', { least: 1, most: 1.5 }],
    ['+57%', { least: 1, most: 1.57 }],
    ['-99.9999%', { least: 0.000001, most: 1 }],
    ['-12.5%', { least: 0.875, most: 1 }],
    ['±300%', { least: 0, most: 4 }],
  ])('understand a change of %s', (change, meant) => {
    expect(auditsOf([{ rows: 'a.b', change }])).toMatchObject([{ change: meant }]);
  });

  it.each<[string, unknown, string]>([
    ['no audit', [{}], 'steps.Load.audit.0: must be the name of a query in sql/checks, or an audit'],
    ['two in one', [{ unique: 'a.b', notNull: 'a.b', columns: ['x'] }], 'steps.Load.audit.0'],
    [
      'a table without schema',
      [{ unique: 'b', columns: ['x'] }],
      'steps.Load.audit.0.unique: must be schema.name',
    ],
    ['no column', [{ unique: 'a.b', columns: [] }], 'steps.Load.audit.0.columns'],
    ['a quoted column', [{ unique: 'a.b', columns: ['"x"'] }], 'must be a column without quotes'],
    ['a column with a dot', [{ notNull: 'a.b', columns: ['x.y'] }], 'must be a column without quotes'],
    ['fewer keys', [{ references: 'a.b', columns: ['x', 'y'], to: 'c.d', key: ['z'] }], 'as many columns as'],
    ['no value', [{ accepted: 'a.b', column: 'x', values: [] }], 'steps.Load.audit.0.values'],
    ['an empty value', [{ accepted: 'a.b', column: 'x', values: [''] }], 'steps.Load.audit.0.values.0'],
    [
      'values of two types',
      [{ accepted: 'a.b', column: 'x', values: ['Y', 1] }],
      'steps.Load.audit.0.values: must all be texts, numbers or booleans',
    ],
    ['code as a value', [{ accepted: 'a.b', column: 'x', values: ['{% 1 %}'] }], 'must not hold "{%"'],
    ['rows without a bound', [{ rows: 'a.b' }], 'must say min, max or change'],
    ['min above max', [{ rows: 'a.b', min: 2, max: 1 }], 'must not be below min'],
    ['a change in words', [{ rows: 'a.b', change: 'a fifth' }], "per cent like '±20%'"],
    [
      'the same twice',
      ['facts_differ', 'facts_differ'],
      '"facts_differ" is there twice: give one of them a `name`',
    ],
    ['a name of two lines', [{ unique: 'a.b', columns: ['x'], name: 'a\nb' }], 'must be one line'],
    ['an unknown severity', [{ check: 'x', severity: 'maybe' }], 'steps.Load.audit.0.severity'],
  ])('are refused where the pipeline is defined: %s', (_, audit, message) => {
    expect(() => define(audit)).toThrow(message);
  });

  it('are refused for a step that commits by itself', () => {
    expect(() => define(['x'], { commits: true })).toThrow('steps.Load.audit: a step with `commits`');
  });

  it('make no more statements than the Data API takes', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ unique: 'a.b', columns: ['x'], name: `u${index}` }));

    expect(() => define(many(36))).not.toThrow();
    expect(() => define(many(37))).toThrow('steps.Load.audit: makes 41 statements of the step');
  });
});
