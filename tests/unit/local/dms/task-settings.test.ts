import { describe, expect, it } from 'vitest';
import { readTaskSettings } from '../../../../src/local/services/dms/task-settings.ts';

describe('task settings', () => {
  it('are completed by what DMS has by default', () => {
    const settings = readTaskSettings({
      FullLoadSettings: { MaxFullLoadSubTasks: '4' },
      Logging: { EnableLogging: true, LogComponents: [{ Id: 'TARGET_LOAD' }] },
      Own: { Kept: 1 },
    });

    expect(settings.FullLoadSettings).toEqual({
      TargetTablePrepMode: 'DROP_AND_CREATE',
      MaxFullLoadSubTasks: 4,
    });
    expect(settings.ErrorBehavior).toMatchObject({
      DataErrorPolicy: 'LOG_ERROR',
      TableErrorPolicy: 'SUSPEND_TABLE',
      FailOnNoTablesCaptured: true,
    });
    expect(settings.document).toMatchObject({
      FullLoadSettings: { TargetTablePrepMode: 'DROP_AND_CREATE', CommitRate: 10000 },
      Logging: { EnableLogging: true, LogComponents: [{ Id: 'TARGET_LOAD' }] },
      Own: { Kept: 1 },
    });
  });

  it.each<[unknown, string]>([
    [[], 'they must be a JSON object'],
    [null, 'they must be a JSON object'],
    [{ FullLoadSettings: { TargetTablePrepMode: 'TRUNCATE' } }, 'FullLoadSettings.TargetTablePrepMode: '],
    [{ FullLoadSettings: { MaxFullLoadSubTasks: 50 } }, 'FullLoadSettings.MaxFullLoadSubTasks: '],
    [{ ErrorBehavior: { DataErrorPolicy: 'SKIP' } }, 'ErrorBehavior.DataErrorPolicy: '],
    [{ ErrorBehavior: { TableErrorPolicy: 'LOG_ERROR' } }, 'ErrorBehavior.TableErrorPolicy: '],
    [
      { ValidationSettings: { ValidationOnly: true } },
      'ValidationSettings.ValidationOnly: true is not supported by the local DMS',
    ],
    [{ FullLoadSettings: 'TRUNCATE_BEFORE_LOAD' }, 'FullLoadSettings: '],
    [{ FullloadSettings: {} }, 'FullloadSettings: DMS calls it FullLoadSettings'],
    [
      { ErrorBehavior: { dataErrorPolicy: 'STOP_TASK' } },
      'ErrorBehavior.dataErrorPolicy: DMS calls it DataErrorPolicy',
    ],
  ])('are refused by name: %j', (given, message) => {
    expect(() => readTaskSettings(given)).toThrow(`task settings are not valid: ${message}`);
  });
});
