import { DescribeTableStatisticsCommand } from '@aws-sdk/client-database-migration-service';
import { beforeEach, describe, expect, it } from 'vitest';
import { api, dms, reset, table, verify } from './verify-world.ts';

describe('verifyLoad', () => {
  beforeEach(reset);

  describe('of a task that validates', () => {
    const validated = (ValidationState: string, fields: object = {}) =>
      dms.on(DescribeTableStatisticsCommand).resolves({
        TableStatistics: [
          { ...table('orders', 3), ValidationState: 'Validated' },
          { ...table('items', 9), ValidationState, ...fields },
        ],
      });

    it.each([
      ['Mismatched records', { ValidationFailedRecords: 2 }, ', 2 failed'],
      [
        'Suspended records',
        { ValidationSuspendedRecords: 4, ValidationStateDetails: 'see the control table' },
        ', 4 suspended: see the control table',
      ],
      ['Error', {}, ''],
      ['Table error', {}, ''],
      ['Something new', {}, ''],
      [
        'Pending records',
        { ValidationFailedRecords: 1, ValidationPendingRecords: 5 },
        ', 1 failed, 5 pending',
      ],
    ])('throws LoadIncomplete where a table is said to have %s %j', async (state, fields, counts) => {
      validated(state, fields);

      await expect(verify()).rejects.toMatchObject({
        name: 'LoadIncomplete',
        message: expect.stringContaining(
          `has not touched production: shop.items: validation says "${state}"${counts}`,
        ),
      });
      expect(api.calls()).toHaveLength(0);
    });

    it.each(['Pending records', 'Pending validation', 'Pending revalidation', 'Preparing table'])(
      'has itself asked again while a table is said to have %s, and says what it waits for',
      async (state) => {
        validated(state, { ValidationPendingRecords: 5 });

        await expect(verify()).rejects.toMatchObject({
          name: 'ServiceUnavailable',
          message: expect.stringMatching(
            /has not finished validating load load-2 .*: shop\.items: validation says "P/,
          ),
        });
        expect(api.calls()).toHaveLength(0);
      },
    );

    it.each(['Not enabled', 'Validated'])('goes on where a table is said to be %s', async (state) => {
      validated(state);

      await expect(verify()).resolves.toMatchObject({ warnings: [] });
    });

    it('goes on with a warning where a table cannot be validated, for it has no key', async () => {
      validated('No primary key');

      await expect(verify()).resolves.toMatchObject({
        warnings: ['shop.items: validation says "No primary key"'],
      });
    });
  });
});
