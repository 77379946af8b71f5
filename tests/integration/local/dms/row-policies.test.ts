import { describe, expect, it } from 'vitest';
import { useSettingsTasks } from './settings-tasks.ts';

const { count, dms, logOf } = useSettingsTasks();

describe('a row that does not fit', () => {
  it('is left out, without a table error, where it is only logged or ignored', async () => {
    await dms.run('skips', 'start-replication');

    await expect(dms.tables('skips')).resolves.toMatchObject([
      { TableState: 'Table completed', FullLoadRows: 1203, FullLoadErrorRows: 0 },
    ]);
    expect(await count('t_bad.t')).toBe(1203);
    expect(logOf('skips')).toEqual([
      'bad.t: a row was left out: invalid input syntax for type integer: "one"',
      'bad.t: a row was left out: value too long for type character varying(5)',
      expect.stringMatching(/^bad\.t: a row was left out: null value in column "id"/),
    ]);
  });

  it('suspends its table by the policy for truncation alone', async () => {
    await dms.run('truncation', 'start-replication');

    await expect(dms.tables('truncation')).resolves.toMatchObject([
      { TableState: 'Table error', FullLoadRows: 0 },
    ]);
    expect(logOf('truncation').at(-1)).toContain('value too long');
    expect(await count('t_bad.t')).toBe(0);
  });

  it('suspends its table when as many are ignored as DataErrorEscalationCount says', async () => {
    await dms.run('escalates', 'start-replication');

    await expect(dms.tables('escalates')).resolves.toMatchObject([{ TableState: 'Table error' }]);
    expect(logOf('escalates').at(-1)).toContain('2 rows do not fit, DataErrorEscalationCount is 2');
  });

  it('ends the task where the policy stops it', async () => {
    await dms.run('stops-on-row', 'start-replication');

    await expect(dms.task('stops-on-row')).resolves.toMatchObject({
      Status: 'failed',
      LastFailureMessage: expect.stringMatching(/DataErrorPolicy is STOP_TASK: invalid input syntax/),
    });
    await expect(dms.tables('stops-on-row')).resolves.toMatchObject([{ TableState: 'Table error' }]);
  });
});
