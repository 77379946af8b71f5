import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findIncompleteTables, findMissingRows, type LoadedTables } from '../../../src/loads/completeness.ts';
import type { FinishedLoad } from '../../../src/loads/current-load.ts';
import type { TableState } from '../../../src/loads/table-statistics.ts';

const FRESH = new Date('2026-11-24T01:00:00.000Z');
const load = (fields: Partial<FinishedLoad> = {}): FinishedLoad => ({
  kind: 'finished',
  taskArn: 'arn:task',
  startedAt: FRESH,
  freshSince: FRESH,
  isWithoutChanges: true,
  erroredTables: 0,
  ...fields,
});
const table = (
  source: string,
  state = 'Table completed',
  endedAt = new Date('2026-11-24T01:05:00.000Z'),
): TableState => ({
  source,
  state,
  rows: 3,
  inserts: 0,
  deletes: 0,
  endedAt,
});
const task = (identifier: string, tables: readonly TableState[], isWithoutChanges = true): LoadedTables => ({
  identifier,
  load: { isWithoutChanges },
  tables,
});

describe('findIncompleteTables', () => {
  it('finds nothing when every table is complete', () => {
    expect(findIncompleteTables(load(), [table('s.a'), table('s.b')])).toEqual([]);
  });

  it('takes a load of which no table is listed for none', () => {
    expect(findIncompleteTables(load(), [])).toEqual(['DMS lists no table']);
  });

  it('names what the counters know and the tables do not: one that could not be loaded', () => {
    const counted = load({ erroredTables: 1 });

    expect(findIncompleteTables(counted, [table('s.a')])).toEqual([
      'DMS counts 1 tables that it could not load, but lists 0',
    ]);
    expect(findIncompleteTables(counted, [table('s.a', 'Table error')])).toEqual(['s.a: Table error']);
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
      's.a: was loaded 2026-11-24T00:59:59.000Z, before this load began',
    ]);
  });

  it('accepts a table that was complete before a resume, since the target was not emptied then', () => {
    const resumed = load({ startedAt: new Date('2026-11-24T02:00:00.000Z') });

    expect(findIncompleteTables(resumed, [table('s.a')])).toEqual([]);
  });
});

describe('findMissingRows', () => {
  const expected = (minRows = 1, source: string | null = 's.a') => [
    { table: 'm.a', source, task: 'night', minRows },
  ];
  const night = (...tables: readonly TableState[]) => [task('night', tables)];

  it('finds nothing when as many rows are staged as DMS loaded', () => {
    expect(findMissingRows(expected(), { 'm.a': 3 }, night(table('s.a')))).toEqual([]);
  });

  it('names a table with other rows than DMS loaded', () => {
    expect(findMissingRows(expected(), { 'm.a': 2 }, night(table('s.a')))).toEqual([
      'm.a: has 2 rows, but DMS loaded 3 from s.a',
    ]);
  });

  it('names a table that its task does not load', () => {
    expect(findMissingRows(expected(), { 'm.a': 3 }, night(table('s.b')))).toEqual([
      'm.a: task "night" does not load the table s.a',
    ]);
  });

  it('says how DMS writes a source that was declared in other letters', () => {
    expect(findMissingRows(expected(1, 's.order details'), {}, night(table('S.Order Details')))).toEqual([
      'm.a: task "night" does not load the table s.order details, but it loads S.Order Details: write the source with the same upper and lower case',
    ]);
  });

  it('takes an empty table for no load, unless it is said to be one', () => {
    const empty = night({ ...table('s.a'), rows: 0 });

    expect(findMissingRows(expected(), { 'm.a': 0 }, empty)).toEqual([
      'm.a: has 0 rows, but the pipeline expects at least 1',
    ]);
    expect(findMissingRows(expected(0), { 'm.a': 0 }, empty)).toEqual([]);
  });

  it('asks only for the declared rows where the source is not known', () => {
    expect(findMissingRows(expected(5, null), { 'm.a': 4 }, night())).toEqual([
      'm.a: has 4 rows, but the pipeline expects at least 5',
    ]);
    expect(findMissingRows(expected(5, null), { 'm.a': 5 }, night())).toEqual([]);
  });

  describe('where two tasks load tables of the same name', () => {
    const staged = [
      { table: 'a.x_eu', source: 's.t', task: 'eu', minRows: 1 },
      { table: 'a.x_us', source: 's.t', task: 'us', minRows: 1 },
    ];
    const loaded = (eu: number, us: number) => [
      task('eu', [{ ...table('s.t'), rows: eu }]),
      task('us', [{ ...table('s.t'), rows: us }]),
    ];

    it('accepts rows that are those of each one’s own task', () => {
      expect(findMissingRows(staged, { 'a.x_eu': 6, 'a.x_us': 7 }, loaded(6, 7))).toEqual([]);
    });

    it('misses a row that is there in the other task’s table', () => {
      expect(findMissingRows(staged, { 'a.x_eu': 7, 'a.x_us': 7 }, loaded(7, 8))).toEqual([
        'a.x_us: has 7 rows, but DMS loaded 8 from s.t of task "us"',
      ]);
    });

    it('finds what differs, whatever the counts and the order of the tasks', () => {
      const rows = fc.integer({ min: 1, max: 4 });

      fc.assert(
        fc.property(fc.tuple(rows, rows), fc.tuple(rows, rows), fc.boolean(), (dms, redshift, isTurned) => {
          const tasks = loaded(...dms);
          const found = findMissingRows(
            staged,
            { 'a.x_eu': redshift[0], 'a.x_us': redshift[1] },
            isTurned ? tasks.toReversed() : tasks,
          );

          expect(found.map((problem) => problem.split(':')[0])).toEqual(
            staged.map((entry) => entry.table).filter((_, index) => dms[index] !== redshift[index]),
          );
        }),
      );
    });
  });

  describe('where changes were applied behind the full load', () => {
    const changed = { ...table('s.a'), rows: 10, inserts: 2, deletes: 3 };

    it.each([7, 10, 12])('accepts %i rows, as many as the changes may have left', (rows) => {
      expect(findMissingRows(expected(), { 'm.a': rows }, [task('night', [changed], false)])).toEqual([]);
    });

    it.each([6, 13])('names a table that has %i', (rows) => {
      expect(findMissingRows(expected(), { 'm.a': rows }, [task('night', [changed], false)])).toEqual([
        `m.a: has ${rows} rows, but DMS loaded 10 from s.a, with 2 inserts and 3 deletes since`,
      ]);
    });

    it('takes the full load’s rows alone where they were left out', () => {
      expect(findMissingRows(expected(), { 'm.a': 12 }, [task('night', [changed])])).toHaveLength(1);
    });
  });
});
