import { describe, expect, it } from 'vitest';
import { defineAny } from './any-pipeline.ts';

describe('definePipeline', () => {
  it.each([
    ['no hours without a load', { hoursWithoutLoad: 0 }, 'hoursWithoutLoad: must be a whole number of hours'],
    ['hours in words', { hoursWithoutLoad: '8' }, 'hoursWithoutLoad: must be a whole number of hours'],
    ['a part of an hour', { hoursWithoutLoad: 1.5 }, 'hoursWithoutLoad: must be a whole number of hours'],
    [
      'a procedure with parentheses',
      { steps: { A: { call: 'x.y()' } } },
      'steps.A.call: must be schema.name without parentheses',
    ],
    [
      'a procedure with its types',
      { steps: { A: { call: [{ procedure: 'x.y(integer)', args: [5] }] } } },
      'steps.A.call.0.procedure: must be schema.name without parentheses',
    ],
    ['more than are remembered', { hoursWithoutLoad: 2_041 }, "from 1 to 2040, or 'never'"],
    ['an upper-case name', { name: 'Load' }, 'name: must be lower-case'],
    ['a name too long for its stage', { name: 'a'.repeat(61) }, 'name: must have at most 60'],
    ['no task', { tasks: [] }, 'tasks: '],
    [
      'a procedure with an injection',
      { steps: { A: { call: 'x.y(); DROP TABLE z' } } },
      'steps.A.call: must be schema.name',
    ],
    [
      'a type with an injection',
      { steps: { A: { call: { procedure: 'x.y', args: [{ value: 5, as: 'integer); DROP TABLE z' }] } } } },
      'must be a type like integer',
    ],
    ['a procedure without a schema', { steps: { A: { call: 'sp' } } }, 'steps.A.call: must be schema.name'],
    ['a step name with a space', { steps: { 'A B': { call: 'x.y' } } }, 'steps.A B: must be letters, digits'],
    [
      'a step name that leaves no room for its states',
      { steps: { ['A'.repeat(65)]: { call: 'x.y' } } },
      'steps.A',
    ],
    [
      'a staged table without a schema',
      { stagedTables: ['person'] },
      'stagedTables.0: must be schema.name with one dot',
    ],
    [
      'a staged table with a database',
      { stagedTables: ['erp.dbo.Person'] },
      'stagedTables.0: must be schema.name with one dot',
    ],
    [
      'a staged table in brackets, as SQL Server writes it',
      { stagedTables: [{ table: '[dbo].[Order Details]' }] },
      'stagedTables.0.table: must be schema.name without quotes or brackets',
    ],
    [
      'a quote in a name',
      { stagedTables: ["dbo.o'brien"] },
      'stagedTables.0: must be schema.name without quotes',
    ],
    [
      'a sign of the fence’s list in a name',
      { stagedTables: ['dbo.a=b'] },
      'stagedTables.0: must be schema.name: a name must be of letters',
    ],
    ['a name that Redshift would cut', { stagedTables: [`dbo.${'é'.repeat(64)}`] }, 'at most 127 bytes'],
    [
      'a staged table that is there twice',
      { stagedTables: ['dbo.Person', 'dbo.person'] },
      'stagedTables.1: "dbo.person" is listed twice',
    ],
    [
      'an unknown field of a staged table',
      { stagedTables: [{ table: 'a.b', rows: 1 }] },
      'stagedTables.0: Unrecognized key: "rows"',
    ],
    [
      'a staged table that is a number',
      { stagedTables: [5] },
      'stagedTables.0: Invalid input: expected string',
    ],
    [
      'ignoring other tables without saying which ones matter',
      { otherTables: 'ignore', stagedTables: ['a.b', { table: 'a.c', source: 's.c' }] },
      "stagedTables.0: a.b must name its source, since otherTables is 'ignore'",
    ],
    [
      'a source without a schema',
      { stagedTables: [{ table: 'a.b', source: 'person' }] },
      'stagedTables.0.source: must be schema.name, as DMS calls it',
    ],
    [
      'a procedure in quotes',
      { steps: { A: { call: ['x.y', { procedure: '"x".y', args: [] }] } } },
      'steps.A.call.1.procedure: must be schema.name without quotes',
    ],
    ['no steps', { steps: {} }, 'steps: must have at least one step'],
    ['a timeout of nothing', { steps: { A: { call: 'x.y', timeoutSeconds: 0 } } }, 'steps.A.timeoutSeconds'],
    ['an unknown field', { steps: { A: { call: 'x.y', timeout: 5 } } }, 'steps.A: Unrecognized key'],
  ])('refuses %s and says where', (_, overrides, message) => {
    expect(defineAny(overrides)).toThrow(
      expect.objectContaining({ name: 'InvalidPipeline', message: expect.stringContaining(message) }),
    );
  });
});
