import { describe, expect, it } from 'vitest';
import { findIncompleteTables, findMissingRows } from '../../../src/loads/completeness.ts';
import type { FinishedLoad } from '../../../src/loads/current-load.ts';

const FRESH = new Date('2026-11-24T01:00:00.000Z');
const load = (tables: Partial<FinishedLoad['tables']> = {}): FinishedLoad => ({
  kind: 'finished',
  taskArn: 'arn:task',
  startedAt: FRESH,
  freshSince: FRESH,
  tables: { percent: 100, loaded: 2, loading: 0, queued: 0, errored: 0, ...tables },
});
const table = (
  source: string,
  state = 'Table completed',
  endedAt = new Date('2026-11-24T01:05:00.000Z'),
) => ({
  source,
  state,
  rows: 3,
  endedAt,
});

describe('findIncompleteTables', () => {
  it('finds nothing when every table is complete', () => {
    expect(findIncompleteTables(load(), [table('s.a'), table('s.b')])).toEqual([]);
  });

  it.each([
    [{ percent: 99 }, 'the load is at 99 %'],
    [{ loaded: 0 }, 'no table was loaded'],
    [{ loading: 1 }, '1 tables are still being loaded'],
    [{ queued: 2 }, '2 tables are still queued'],
    [{ errored: 1 }, '1 tables could not be loaded'],
  ])('names what DMS counts: %j', (progress, problem) => {
    expect(findIncompleteTables(load(progress), [])).toEqual([problem]);
  });

  it.each([
    'Table error',
    'Before load',
    'Full load',
    'Table cancelled',
    'Table does not exist',
    'Table is being reloaded',
  ])('names a table whose state is %s', (state) => {
    expect(findIncompleteTables(load(), [table('s.a'), table('s.b', state)])).toEqual([`s.b: ${state}`]);
  });

  it('names a table that was complete before the target was emptied for this load', () => {
    const old = table('s.a', 'Table completed', new Date('2026-11-24T00:59:59.000Z'));

    expect(findIncompleteTables(load(), [old])).toEqual([
      's.a: was loaded 2026-11-24T00:59:59.000Z, before this load',
    ]);
  });

  it('accepts a table that was complete before a resume, since the target was not emptied then', () => {
    const resumed = { ...load(), startedAt: new Date('2026-11-24T02:00:00.000Z') };

    expect(findIncompleteTables(resumed, [table('s.a')])).toEqual([]);
  });
});

describe('findMissingRows', () => {
  const expected = (minRows = 1, source: string | null = 's.a') => [{ table: 'm.a', source, minRows }];

  it('finds nothing when as many rows are staged as DMS loaded', () => {
    expect(findMissingRows(expected(), { 'm.a': 3 }, [table('s.a')])).toEqual([]);
  });

  it('names a table with other rows than DMS loaded', () => {
    expect(findMissingRows(expected(), { 'm.a': 2 }, [table('s.a')])).toEqual([
      'm.a: has 2 rows, DMS loaded 3 from s.a',
    ]);
  });

  it('names a table that no task loads', () => {
    expect(findMissingRows(expected(), { 'm.a': 3 }, [table('s.b')])).toEqual(['m.a: no task loads s.a']);
  });

  it('takes an empty table for no load, unless it is said to be one', () => {
    const empty = [{ ...table('s.a'), rows: 0 }];

    expect(findMissingRows(expected(), { 'm.a': 0 }, empty)).toEqual([
      'm.a: has 0 rows, at least 1 are declared',
    ]);
    expect(findMissingRows(expected(0), { 'm.a': 0 }, empty)).toEqual([]);
  });

  it('asks only for the declared rows where the source is not known', () => {
    expect(findMissingRows(expected(5, null), { 'm.a': 4 }, [])).toEqual([
      'm.a: has 4 rows, at least 5 are declared',
    ]);
    expect(findMissingRows(expected(5, null), { 'm.a': 5 }, [])).toEqual([]);
  });
});
