import { describe, expect, it } from 'vitest';
import { STEP_FUNCTIONS_SUPPORT } from '../../../../src/local/services/stepfunctions/support.ts';
import { createLocalService, PASS, ROLE } from './local-service.ts';

describe('the table of what Step Functions does', () => {
  it('has a row for each operation', () => {
    const { operations } = createLocalService().stepFunctions.service;
    const rows = STEP_FUNCTIONS_SUPPORT.filter(({ field }) => field === undefined).map(
      ({ operation }) => operation,
    );

    expect(rows.toSorted()).toEqual(Object.keys(operations).sort());
  });

  it('explains what is partial or refused', () => {
    expect(STEP_FUNCTIONS_SUPPORT.filter(({ status, note }) => status !== 'supported' && !note)).toEqual([]);
  });

  it('is right about what is accepted without effect', async () => {
    const { call } = createLocalService();
    const definition = JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'Only', States: PASS });
    const ignored = { loggingConfiguration: { level: 'ALL' } };

    await expect(
      call('CreateStateMachine', { name: 'm', definition, roleArn: ROLE, ...ignored }),
    ).resolves.toHaveProperty('stateMachineArn');
  });

  it('is right about map runs, which are refused', async () => {
    const { call } = createLocalService();

    await expect(
      call('ListExecutions', { mapRunArn: 'arn:aws:states:us-east-1:1:mapRun:m' }),
    ).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});
