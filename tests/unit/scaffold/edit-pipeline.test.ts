import { describe, expect, it } from 'vitest';
import { addStep } from '../../../src/scaffold/edit-pipeline.ts';
import { newAudit } from '../../../src/scaffold/new-audit.ts';
import { newCheck } from '../../../src/scaffold/new-check.ts';
import { smallProject } from '../../fixtures/scaffold/project-in-memory.ts';

const PATH = 'src/pipelines/erp.ts';
const file = (steps: string) => `// A pipeline: {steps}, of mine.
export const erp = definePipeline({
  name: 'load-erp',
  stagedTables: ['erp.orders_stg'],
  steps: ${steps},
} as const);
`;
const projectWith = (steps: string) => smallProject({ [PATH]: file(steps) });
const step = (steps: string, definition: Record<string, unknown> = { call: 'a.b' }, pipeline = 'erp') =>
  addStep({ pipeline, step: 'New', definition }, projectWith(steps)).edits.map(({ after }) => after);

describe('a new step', () => {
  it.each([
    ['{}', '{New: {"call":"a.b"}}'],
    ["{ A: { call: 'x.y' } }", `{ A: { call: 'x.y' },  New: {"call":"a.b"},}`],
    [
      "{\n    A: { call: 'x.y' }, // first, of course\n    /* end */\n  }",
      `{\n    A: { call: 'x.y' }, // first, of course\n    /* end */\n    New: {"call":"a.b"},}`,
    ],
    [
      "{\n    A: { call: 'x.y' } // a, b\n  }",
      `{\n    A: { call: 'x.y' }, // a, b\n    New: {"call":"a.b"},}`,
    ],
  ])('comes behind the others, and comments stay: %j', (steps, expected) => {
    expect(step(steps)).toEqual([file(expected)]);
  });

  it('is found by the name of the pipeline or of its file', () => {
    expect(step('{}', { call: 'a.b' }, 'load-erp')).toEqual(step('{}'));
  });

  it('is not added again', () => {
    expect(step('{ New: { call: `a.b`, after: [] } }', { call: 'a.b', after: [] })).toEqual([]);
  });

  it.each([
    ["{ New: { call: 'x.y' } }", {}, /has a step New already/],
    ['{ ...more }', {}, /not written as one object with plain names.*Add by hand: New: {"call":"a\.b"}/],
    ['steps', {}, /not written as one object/],
    ['{ [name]: {} }', {}, /not written as one object/],
    ["{ A: { call: 'x.y' } }", { after: ['B'] }, /no such step that New could be after; there are: A/],
    ['{}', { call: 'a.b()' }, /without parentheses/],
    ['{', {}, /is not TypeScript/],
  ])('is refused in words: %j', (steps, more, message) => {
    expect(() => step(steps, { call: 'a.b', ...more })).toThrow(message);
  });

  it('is refused for a pipeline that is not there', () => {
    expect(() => step('{}', { call: 'a.b' }, 'none')).toThrow(/no pipeline "none"; the pipelines are: erp/);
  });
});

describe('a new audit', () => {
  const audit = (steps: string, unique = 'erp.orders:id,Name') =>
    newAudit({ pipeline: 'erp', step: 'A', unique }, projectWith(steps)).edits.map(({ after }) => after);

  it.each([
    [
      "{ A: { call: 'x.y' } }",
      `{ A: { call: 'x.y',  audit: [{"unique":"erp.orders","columns":["id","name"]}],} }`,
    ],
    [
      "{ A: { call: 'x.y', audit: ['own'] } }",
      `{ A: { call: 'x.y', audit: ['own', {"unique":"erp.orders","columns":["id","name"]},] } }`,
    ],
  ])('is added to %j', (steps, expected) => {
    expect(audit(steps)).toEqual([file(expected)]);
  });

  it('is not added again', () => {
    expect(
      audit("{ A: { call: 'x.y', audit: [{ unique: 'erp.orders', columns: ['id', 'name'] }] } }"),
    ).toEqual([]);
  });

  it.each([
    ['{ B: {} }', undefined, /has no step "A"; there are: B/],
    ["{ A: { check: 'x' } }", undefined, /audit/],
    ['{ A: { audit } }', undefined, /Add by hand/],
    ['{ A: step }', undefined, /Add by hand/],
    ["{ A: { call: 'x.y' } }", 'erp.orders', /must be schema\.table:column/],
    ["{ A: { call: 'x.y' } }", 'erp.orders:a"b', /without quotes/],
  ])('is refused in words: %j', (steps, unique, message) => {
    expect(() => audit(steps, unique)).toThrow(message);
  });
});

describe('a new check', () => {
  it('is a query over a staged table, and a step', () => {
    const changes = newCheck({ pipeline: 'erp', name: 'orders_without_customer' }, projectWith('{}'));

    expect(changes.files[0]?.path).toBe('sql/checks/orders_without_customer.sql');
    expect(changes.files[0]?.text).toContain('FROM erp.orders_stg AS wrong');
    expect(changes.edits[0]?.after).toContain(
      'Check_Orders_Without_Customer: {"check":"orders_without_customer"}',
    );
  });

  it('is refused for a name that a file cannot have', () => {
    expect(() => newCheck({ pipeline: 'erp', name: '../x' }, projectWith('{}'))).toThrow(/name of a file/);
  });
});
