import { describe, expect, it } from 'vitest';
import { createLocalDataApi, DEV } from '../../../fixtures/local-data-api.ts';

const { call } = createLocalDataApi();
const refusal = (message: string | RegExp) => ({
  name: 'ValidationException',
  status: 400,
  message: message instanceof RegExp ? expect.stringMatching(message) : message,
});
const constraint = (value: string, member: string, rule: string) =>
  `1 validation error detected: Value ${value} at '${member}' failed to satisfy constraint: Member ${rule}`;

describe('a statement is refused', () => {
  it.each<[string, object, string | RegExp]>([
    ['without SQL', { Sql: undefined }, constraint('null', 'sql', 'must not be null')],
    ['with null for SQL', { Sql: null }, constraint('null', 'sql', 'must not be null')],
    ['with empty SQL', { Sql: '' }, constraint("''", 'sql', 'must have length greater than or equal to 1')],
    [
      'without a target',
      { ClusterIdentifier: undefined },
      'Either ClusterIdentifier or WorkgroupName needs to be specified.',
    ],
    ['with two targets', { WorkgroupName: 'elt-local' }, /cannot be specified together/],
    [
      'with an unknown cluster',
      { ClusterIdentifier: 'other' },
      /^Redshift endpoint doesn't exist in this region\..*redshiftcluster-abcd/,
    ],
    [
      'with an unknown workgroup',
      { ClusterIdentifier: undefined, WorkgroupName: 'other' },
      /^Redshift endpoint doesn't exist in this region\..*elt-local/,
    ],
    ['without a database', { Database: undefined }, 'Database needs to be specified.'],
    [
      'when it waits 0 seconds',
      { WaitTimeSeconds: 0 },
      constraint("'0'", 'waitTimeSeconds', 'must have value greater than or equal to 1'),
    ],
    [
      'when it waits 31 seconds',
      { WaitTimeSeconds: 31 },
      constraint("'31'", 'waitTimeSeconds', 'must have value less than or equal to 30'),
    ],
    [
      'with an empty token',
      { ClientToken: '' },
      constraint("''", 'clientToken', 'must have length greater than or equal to 1'),
    ],
    [
      'with a token of 65 characters',
      { ClientToken: 'x'.repeat(65) },
      /'clientToken' failed to satisfy constraint: Member must have length less than or equal to 64/,
    ],
    [
      'with a name of 2049 characters',
      { StatementName: 'x'.repeat(2049) },
      /'statementName'.*less than or equal to 2048/,
    ],
    [
      'with no parameters in the list',
      { Parameters: [] },
      constraint("'[]'", 'parameters', 'must have length greater than or equal to 1'),
    ],
    [
      'with an empty parameter',
      { Sql: 'select :a', Parameters: [{ name: 'a', value: '' }] },
      constraint("''", 'parameters.1.member.value', 'must have length greater than or equal to 1'),
    ],
    [
      'with a parameter without a value',
      { Sql: 'select :a', Parameters: [{ name: 'a' }] },
      constraint('null', 'parameters.1.member.value', 'must not be null'),
    ],
    [
      'with a parameter name of other characters',
      { Parameters: [{ name: '@a', value: 'x' }] },
      /'parameters.1.member.name'.*regular expression pattern: \^\[0-9a-zA-Z_\]\+\$$/,
    ],
    [
      'with an unused parameter',
      { Parameters: [{ name: 'id', value: 'x' }] },
      'Parameters list contains unused parameters. Unused parameters: [id]',
    ],
    [
      'with a parameter twice',
      {
        Sql: 'select :a',
        Parameters: [
          { name: 'a', value: 'x' },
          { name: 'a', value: 'y' },
        ],
      },
      'Parameters list contains duplicate parameters. Duplicate parameters: [a]',
    ],
    [
      'without one of its parameters',
      { Sql: 'select :a, :b', Parameters: [{ name: 'a', value: 'x' }] },
      'Parameters list is missing parameters: [b]',
    ],
    [
      'with SQL over 200 KB',
      { Sql: `select '${'é'.repeat(102_400)}'` },
      /'sql'.*less than or equal to 204800/,
    ],
    [
      'with an unknown result format',
      { ResultFormat: 'XML' },
      constraint("'XML'", 'resultFormat', 'must satisfy enum value set: [JSON, CSV]'),
    ],
    ['with results as CSV', { ResultFormat: 'CSV' }, /^ResultFormat CSV is not supported/],
    ['with a session to keep', { SessionKeepAliveSeconds: 60 }, /^SessionKeepAliveSeconds is not supported/],
    ['with a session', { SessionId: 'd9b6c0c9-0747-4bf4-b142-e8883122f766' }, /^SessionId is not supported/],
  ])('%s', async (_case, fields, message) => {
    await expect(call('ExecuteStatement', { ...DEV, Sql: 'select 1', ...fields })).rejects.toMatchObject(
      refusal(message),
    );
  });

  it('with everything that is wrong at once', async () => {
    const request = { ...DEV, Sql: '', ClientToken: '' };

    await expect(call('ExecuteStatement', request)).rejects.toThrow(/^2 validation errors detected: .*; /);
  });

  it('with a field of another type', async () => {
    await expect(call('ExecuteStatement', { ...DEV, Sql: 1 })).rejects.toMatchObject({
      name: 'SerializationException',
    });
  });

  it('but not for fields that are null or unknown, or for a database that comes later', async () => {
    const request = { ...DEV, Sql: 'select 1', DbUser: null, Other: 1, Database: 'nope' };

    await expect(call('ExecuteStatement', request)).resolves.toHaveProperty('Id');
  });

  it('but not for the ARN of a workgroup', async () => {
    const arn =
      'arn:aws:redshift-serverless:eu-west-1:000000000000:workgroup/00000000-1111-2222-3333-444444444444';

    await expect(
      call('ExecuteStatement', { WorkgroupName: arn, Database: 'dev', Sql: 'select 1' }),
    ).resolves.toMatchObject({ WorkgroupName: arn });
  });
});

describe('a batch is refused', () => {
  it.each<[string, object, RegExp]>([
    ['without SQL', { Sqls: [] }, /'sqls'.*length greater than or equal to 1/],
    ['with 41 SQL', { Sqls: Array(41).fill('select 1') }, /'sqls'.*length less than or equal to 40/],
    ['with empty SQL', { Sqls: ['select 1', ''] }, /'sqls\.2\.member'.*length greater than or equal to 1/],
    [
      'with an unknown mode',
      { ExecutionMode: 'X' },
      /'executionMode'.*enum value set: \[TRANSACTION, AUTO_COMMIT\]/,
    ],
    [
      'with a parameter that no SQL uses',
      { Parameters: [{ name: 'a', value: 'x' }] },
      /Unused parameters: \[a\]/,
    ],
  ])('%s', async (_case, fields, message) => {
    await expect(
      call('BatchExecuteStatement', { ...DEV, Sqls: ['select 1'], ...fields }),
    ).rejects.toMatchObject(refusal(message));
  });
});

describe('an id', () => {
  const unknown = 'd9b6c0c9-0747-4bf4-b142-e8883122f766';

  it.each(['DescribeStatement', 'GetStatementResult', 'CancelStatement'])(
    'is checked by %s',
    async (operation) => {
      await expect(call(operation, { Id: 'a' })).rejects.toMatchObject(
        refusal('id must satisfy regex pattern: ^[a-z0-9]{8}(-[a-z0-9]{4}){3}-[a-z0-9]{12}(:\\d{0,2})?$'),
      );
      await expect(call(operation, {})).rejects.toMatchObject(
        refusal(constraint('null', 'id', 'must not be null')),
      );
      await expect(call(operation, { Id: unknown })).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
        status: 400,
        message: 'Query does not exist.',
        fields: { ResourceId: unknown },
      });
    },
  );
});
