import { describe, expect, it } from 'vitest';
import { createLocalDataApi, until } from '../../../fixtures/local-data-api.ts';

describe('WithEvent', () => {
  it('sends one event when the statement has ended', async () => {
    const { submit, ended, events } = createLocalDataApi();

    const id = await submit('select 1', { WithEvent: true, StatementName: 'n' });
    await ended(id);
    await until(() => events.length > 0);

    expect(events).toEqual([
      {
        source: 'aws.redshift-data',
        detailType: 'Redshift Data Statement Status Change',
        resources: ['arn:aws:redshift:us-east-1:000000000000:cluster:redshiftcluster-abcd'],
        detail: {
          principal: 'arn:aws:iam::000000000000:user/local',
          statementName: 'n',
          statementId: id,
          redshiftQueryId: 7,
          state: 'FINISHED',
          rows: 1,
          expireAt: Date.UTC(2026, 0, 2) / 1000,
        },
      },
    ]);
  });

  it('sends none unless asked', async () => {
    const { submit, ended, events } = createLocalDataApi();

    await ended(await submit('select 1'));
    await ended(await submit('fail x', { WithEvent: true }));
    await until(() => events.length > 0);

    expect(events.map(({ detail }) => detail.state)).toEqual(['FAILED']);
  });

  it('reports a bus that fails and leaves the statement alone', async () => {
    const faults: unknown[] = [];
    const { submit, ended } = createLocalDataApi({
      bus: { publish: () => Promise.reject(new Error('no bus')) },
      reportFault: (error) => void faults.push(error),
    });

    const description = await ended(await submit('select 1', { WithEvent: true }));
    await until(() => faults.length > 0);

    expect(description).toMatchObject({ Status: 'FINISHED' });
  });
});
