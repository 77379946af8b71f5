import { describe, expect, it } from 'vitest';
import { useSettingsTasks } from './settings-tasks.ts';

const { dms, logOf } = useSettingsTasks();

describe('validation', () => {
  it('compares each table with its source', async () => {
    await dms.run('validates', 'start-replication');

    const tables = await dms.tables('validates');
    expect(
      tables.map((table) => [table.TableName, table.ValidationState, table.ValidationFailedRecords]),
    ).toEqual([
      ['changed', 'Mismatched records', 4],
      ['failing', 'Table error', 0],
      ['fine', 'Validated', 0],
      ['skipped', 'Mismatched records', 1],
      ['unreadable', 'Error', 0],
      ['without_key', 'No primary key', 0],
    ]);
    expect(logOf('validates')).toEqual(
      expect.arrayContaining([
        'valid.skipped: validation says Mismatched records: 1',
        'valid.unreadable could not be validated: permission denied for table unreadable',
      ]),
    );
  });
});
