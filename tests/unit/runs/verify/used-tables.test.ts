import { describe, expect, it } from 'vitest';
import type { FinishedTask } from '../../../../src/loads/judge-tables.ts';
import { splitTables } from '../../../../src/runs/verify/used-tables.ts';

const start = new Date('2026-11-24T01:00:00.000Z');
const taskWith = (identifier: string, ...sources: readonly string[]): FinishedTask => ({
  identifier,
  load: {
    ...{ kind: 'finished', taskArn: `arn:aws:dms:eu-central-1:123456789012:task:${identifier}` },
    ...{ startedAt: start, freshSince: start, isWithoutChanges: true, erroredTables: 1 },
  },
  tables: sources.map((source) => ({ source, state: 'Table completed', rows: 1, inserts: 0, deletes: 0 })),
});
const namesOf = (tasks: readonly FinishedTask[]) =>
  tasks.flatMap(({ identifier, tables }) => tables.map(({ source }) => `${identifier}: ${source}`));

const tasks = [taskWith('eu', 's.orders', 's.items'), taskWith('us', 's.orders', 's.items')];
const stagedTables = [
  { source: 's.orders', task: 'eu' },
  { source: 's.items', task: 'us' },
];

describe('the tables that a pipeline uses', () => {
  it('are those of the task that fills them: the other task’s of the same name is one of the others', () => {
    const { used, others } = splitTables({ otherTables: 'ignore', stagedTables }, tasks);

    expect(namesOf(used)).toEqual(['eu: s.orders', 'us: s.items']);
    expect(namesOf(others)).toEqual(['eu: s.items', 'us: s.orders']);
  });

  it('decide by their own states: a counter that is of all tables does not', () => {
    const { used } = splitTables({ otherTables: 'ignore', stagedTables }, tasks);

    expect(used.map(({ load }) => load.erroredTables)).toEqual([0, 0]);
  });

  it('are all where others are not ignored', () => {
    expect(splitTables({ stagedTables }, tasks)).toEqual({ used: tasks, others: [] });
  });
});
