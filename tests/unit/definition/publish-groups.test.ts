import { describe, expect, it } from 'vitest';
import { definePipeline } from '../../../src/definition/define-pipeline.ts';

const define = (publish: unknown, steps: object) =>
  definePipeline({
    name: 'load-mart',
    tasks: ['a-task'],
    stagedTables: ['mart.stg', 'mart.other_stg'],
    publish: publish as never,
    steps: steps as never,
  });

const STAR = {
  Check: { check: 'staged_is_whole' },
  Customers: { call: 'mart.sp_customers', after: ['Check'], audit: [{ rows: 'mart.customers', min: 1 }] },
  Sales: { call: ['mart.sp_a', 'mart.sp_b'], after: ['Customers'], consumes: ['mart.stg'] },
  Report: { call: 'mart.sp_report', after: ['Sales'], timeoutSeconds: 60 },
};

describe('steps that are published together', () => {
  it('become one step with the calls and audits of all, in their order', () => {
    const { steps } = define({ Star: ['Sales', 'Customers'] }, STAR);

    expect(steps.map(({ name, after }) => [name, after])).toEqual([
      ['Check', []],
      ['Star', ['Check']],
      ['Report', ['Star']],
    ]);
    expect(steps[1]).toMatchObject({
      kind: 'call',
      calls: [{ procedure: 'mart.sp_customers' }, { procedure: 'mart.sp_a' }, { procedure: 'mart.sp_b' }],
      audits: [{ name: 'rows mart.customers' }],
      consumes: ['mart.stg'],
      timeoutSeconds: 43_200,
      members: [
        { name: 'Customers', calls: 1, audits: 1 },
        { name: 'Sales', calls: 2, audits: 0 },
      ],
    });
    expect(steps[2]).toMatchObject({ consumedBefore: ['mart.stg'] });
  });

  it('are tried again as often as the most patient of them, after what all of them allow', () => {
    const { steps } = define('together', {
      A: { call: 'mart.p', retry: { attempts: 2, on: ['conflict', 'other'] } },
      B: { call: 'mart.q', retry: { attempts: 5, on: ['conflict', 'resource'] } },
    });

    expect(steps[0]?.retry).toEqual({ attempts: 5, on: ['conflict'] });
  });

  it('are all call steps of a pipeline that is published together', () => {
    const { steps } = define('together', STAR);

    expect(steps.map(({ name }) => name)).toEqual(['Check', 'Publish_Together']);
    expect(define('together', { Only: { call: 'mart.p' } }).steps.map(({ name }) => name)).toEqual(['Only']);
  });

  it.each<[string, unknown, object, string]>([
    ['an unknown step', { Star: ['Customers', 'Gone'] }, STAR, 'publish.Star: "Gone" is none of the steps'],
    ['a single step', { Star: ['Customers'] }, STAR, 'publish'],
    ['a step twice', { Star: ['Sales', 'Sales'] }, STAR, '"Sales" is in it twice'],
    [
      'a step in two groups',
      { A: ['Customers', 'Sales'], B: ['Sales', 'Report'] },
      STAR,
      '"Sales" is in A, too',
    ],
    ['a check', { Star: ['Check', 'Sales'] }, STAR, '"Check" is a check, which publishes nothing'],
    ['the name of a step', { Report: ['Customers', 'Sales'] }, STAR, 'publish.Report: a step has that name'],
    [
      'a step that commits',
      { Star: ['A', 'B'] },
      { A: { call: 'mart.p', commits: true }, B: { call: 'mart.q' } },
      '"A" commits by itself',
    ],
    [
      'a step in between',
      { Star: ['Customers', 'Report'] },
      STAR,
      '"Sales" runs after "Customers" and before "Report"',
    ],
    [
      'a check in between',
      'together',
      {
        A: { call: 'mart.p' },
        Look: { check: 'x', after: ['A'] },
        B: { call: 'mart.q', after: ['Look'] },
      },
      'publish.Publish_Together: "Look" runs after "A" and before "B"',
    ],
    [
      'two groups around each other',
      { One: ['A', 'D'], Two: ['B', 'C'] },
      {
        A: { call: 'mart.a' },
        B: { call: 'mart.b', after: ['A'] },
        C: { call: 'mart.c' },
        D: { call: 'mart.d', after: ['C'] },
      },
      'One',
    ],
    [
      'an audit of the same name',
      { Star: ['A', 'B'] },
      { A: { call: 'mart.p', audit: ['x'] }, B: { call: 'mart.q', audit: ['x'] } },
      'two of its steps have an audit "x"',
    ],
    [
      'more than one transaction takes',
      { Star: ['A', 'B'] },
      {
        A: { call: Array.from({ length: 20 }, (_, i) => `mart.a${i}`) },
        B: { call: Array.from({ length: 19 }, (_, i) => `mart.b${i}`) },
      },
      'publish.Star: makes 41 statements, and the Data API takes 40',
    ],
  ])('are refused where the pipeline is defined: %s', (_, publish, steps, message) => {
    expect(() => define(publish, steps)).toThrow(message);
  });
});
