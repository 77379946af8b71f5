import { DescribeStatementCommand, GetStatementResultCommand } from '@aws-sdk/client-redshift-data';
import { beforeEach, describe, expect, it } from 'vitest';
import { LoadChanged } from '../../../src/errors/errors.ts';
import { checkRequest, openGuard, runningRecord } from '../../fixtures/step-request.ts';
import { api, follow, reset } from './follow-world.ts';

describe('followStatement', () => {
  beforeEach(reset);

  describe('of a data check', () => {
    const check = {
      ...checkRequest,
      check: { severity: 'fail' as const, showRows: false, description: 'Orders of nobody.' },
    };
    const finds = (wrongRows: number) => {
      api.on(DescribeStatementCommand).resolves({ Status: 'FINISHED' });
      api
        .on(GetStatementResultCommand, { Id: `${runningRecord.id}:1` })
        .resolves({ Records: [[{ longValue: wrongRows }]] });
      api.on(GetStatementResultCommand, { Id: `${runningRecord.id}:2` }).resolves({
        Records: [[{ stringValue: '104' }, { isNull: true }]],
        ColumnMetadata: [{ name: 'order_number' }, { name: 'cust_id' }],
      });
    };

    it('completes when no row is wrong', async () => {
      finds(0);

      await expect(follow({ request: check }).record).resolves.toMatchObject({
        complete: true,
        wrongRows: 0,
      });
    });

    it('throws DataCheckFailed with the count, and without a row of data', async () => {
      finds(7);

      await expect(follow({ request: check }).record).rejects.toMatchObject({
        name: 'DataCheckFailed',
        message: expect.stringMatching(/^7 rows are wrong: Orders of nobody\. \(step/),
      });
      expect(api.commandCalls(GetStatementResultCommand)).toHaveLength(1);
    });

    it('says that the load has changed where the wrong rows may be another one’s', async () => {
      finds(7);
      const changed = new LoadChanged('staging holds another load');
      const guard = { ...openGuard, assertSameLoad: () => Promise.reject(changed) };

      await expect(follow({ request: check, guard }).record).rejects.toBe(changed);
    });

    it('shows the first rows where it may', async () => {
      finds(1);
      const request = { ...check, check: { ...check.check, showRows: true } };

      await expect(follow({ request }).record).rejects.toMatchObject({
        message: expect.stringContaining(
          '1 row is wrong: Orders of nobody. The first: [{"order_number":"104","cust_id":null}]. (step',
        ),
      });
    });

    it('ends what the check says of its rows with a stop', async () => {
      finds(1);
      const request = {
        ...check,
        check: { ...check.check, showRows: true, description: 'orders_of_nobody' },
      };

      await expect(follow({ request }).record).rejects.toMatchObject({
        message: expect.stringContaining('1 row is wrong: orders_of_nobody. The first: ['),
      });
    });

    it('completes with the count where it only warns', async () => {
      finds(7);
      const request = { ...check, check: { ...check.check, severity: 'warn' as const } };

      await expect(follow({ request }).record).resolves.toMatchObject({ complete: true, wrongRows: 7 });
    });
  });
});
