import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeMeeting } from '../../../src/verify-aws/redshift/overlap.ts';
import { judgeUserName } from '../../../src/verify-aws/redshift/users.ts';
import { createFakeAccount } from '../../fixtures/verify-aws/fake-account.ts';
import { type Script, settleIn } from '../../fixtures/verify-aws/fake-world.ts';

const failed = (error: string) => ({ Status: 'FAILED', Error: error }) as const;
const one = (value: unknown) => ({ rows: [[value as never]] });
const settle = (id: string, script: Script) => settleIn(id, { script });

describe('a question of the warehouse is no', () => {
  it.each<readonly [string, Script]>([
    ['batch-results-kept', [[/1 \/ 0/, failed('Query #2 failed')]]],
    ['session-of-batch', [[/SELECT 2/, { RedshiftPid: undefined }]]],
    ['batch-error-told', [[/1 \/ 0/, { Status: 'FAILED' }]]],
    [
      'failed-batch-rolled-back',
      [
        [/1 \/ 0/, failed('division by zero')],
        [/count/, one(1)],
      ],
    ],
    ['large-transaction', [[/xxx/, failed('too large')]]],
    [
      'loop-over-columns',
      [[/CALL .*sp_record_columns/, failed('Specified types or functions not supported')]],
    ],
    ['loop-over-columns', [[/count/, one(0)]]],
    ['call-parameters', [[/CALL/, failed('syntax error at or near "$1"')]]],
    ['call-parameters', [[/SELECT value/, one(':given')]]],
    ['numbers-widened', [[/sp_wide_2\(:n/, failed('procedure sp_wide_2(smallint) does not exist')]]],
    ['lock-privileges', [[/LOCK/, failed('permission denied for relation locked')]]],
  ])('%s', async (id, script) => {
    expect(await settle(id, script)).toMatchObject({ verdict: 'no' });
  });
});

it('the evidence of a refusal is what Redshift says', async () => {
  const SubStatements = [{ Id: 's:1', Error: 'ERROR: permission denied for locked' }];
  const refused = { Status: 'FAILED' as const, SubStatements };

  expect(await settle('lock-privileges', [[/LOCK/, refused]])).toEqual({
    verdict: 'no',
    evidence: 'statement statement-1, as runtime: ERROR: permission denied for locked',
  });
});

it('a batch says its error on the parent, on the sub-statement, or on both', async () => {
  const part = { SubStatements: [{ Id: 's:2', Error: 'ERROR: division by zero' }] };
  const evidence = async (said: object) =>
    (await settle('batch-error-told', [[/1 \/ 0/, { Status: 'FAILED', ...said }]])).evidence;

  expect(await evidence({ Error: 'Query #2 failed' })).toBe(
    'statement statement-1: the parent says “Query #2 failed”',
  );
  expect(await evidence(part)).toMatch(/the sub-statement says “ERROR: division by zero”$/);
  expect(await evidence({ Error: 'Query #2 failed', ...part })).toMatch(/the parent .*, the sub-statement/);
});

it('a statement that ends otherwise than it must settles nothing', async () => {
  for (const id of ['batch-results-kept', 'batch-error-told', 'failed-batch-rolled-back'])
    expect(await settle(id, [])).toMatchObject({ verdict: 'open' });
});

it('what only the runtime user shows stays open for another caller', async () => {
  const script: Script = [[/current_user/, one('IAM:somebody')]];

  for (const id of ['written-rows-shown', 'lock-privileges']) {
    const answer = await settleIn(id, { script, runtimeScript: script });
    expect(answer).toMatchObject({
      verdict: 'open',
      evidence: expect.stringContaining('the caller is IAM:somebody'),
    });
  }
});

describe('two transactions meet', () => {
  const waited = { holderEnds: 10_000, otherEnds: 10_500 };
  const didNot = { holderEnds: 10_000, otherEnds: 1_000 };
  const queued = { ...waited, isQueued: true };
  const tooShort = { holderEnds: 1_500, otherEnds: 2_000 };

  it.each([
    ['lock-waits', waited, [/count|^other/, one(1)], 'yes'],
    ['lock-waits', waited, [/count|^other/, one(0)], 'no'],
    ['lock-waits', queued, [/count|^other/, one(1)], 'open'],
    ['reader-sees-before', queued, [/max/, { rows: [[1, 1]] }], 'open'],
    ['truncate-waits', queued, [/never/, {}], 'open'],
    ['lock-waits', didNot, [/count/, one(1)], 'no'],
    ['lock-waits', tooShort, [/count/, one(1)], 'open'],
    ['reader-sees-before', waited, [/max/, { rows: [[1, 1]] }], 'no'],
    ['reader-sees-before', didNot, [/max|^other/, { rows: [[1, 1]] }], 'no'],
    ['reader-sees-before', tooShort, [/max/, { rows: [[1, 1]] }], 'open'],
    ['truncate-waits', waited, [/never/, {}], 'yes'],
    ['truncate-waits', didNot, [/never/, {}], 'no'],
    ['truncate-waits', tooShort, [/never/, {}], 'open'],
  ] as const)('%s, at %o', async (id, times, line, verdict) => {
    expect(await settleIn(id, { times, script: [line as never] })).toMatchObject({ verdict });
  });

  it('reader-sees-before is yes for a reader who saw the number before the holder’s', async () => {
    const script: Script = [
      [/^other/, { rows: [[1, 7]] as never }],
      [/max/, { rows: [[8]] as never }],
    ];

    expect(await settleIn('reader-sees-before', { times: didNot, script })).toMatchObject({ verdict: 'yes' });
  });

  it('a statement that takes up to three times as long never seems to wait for one that is far from its end', () => {
    const moment = fc.nat(100_000);
    fc.assert(
      fc.property(moment, moment, fc.double({ min: 0, max: 3, noNaN: true }), (aloneMs, heldMs, times) => {
        const otherEnded = aloneMs * times;
        const outcome = judgeMeeting({ aloneMs, otherSubmitted: 0, otherEnded, holderEnded: heldMs });
        expect(outcome).not.toBe('waited');
        if (heldMs > otherEnded + aloneMs + 200) expect(outcome).toBe('did-not-wait');
      }),
    );
  });

  it('a statement that ends with the holder never seems not to have waited, whichever end is noted first', () => {
    const moment = fc.nat(100_000);
    fc.assert(
      fc.property(moment, moment, fc.integer({ min: -200, max: 10_000 }), (aloneMs, heldMs, afterMs) => {
        const moments = { aloneMs, otherSubmitted: 0, otherEnded: heldMs + afterMs, holderEnded: heldMs };
        expect(judgeMeeting(moments)).toBe(heldMs > 4 * aloneMs + 400 ? 'waited' : 'too-short');
      }),
    );
  });
});

describe('the name of a role', () => {
  const role = 'arn:aws:sts::123456789012:assumed-role/Migrator/somebody';

  it('is kept, or changed', () => {
    expect(judgeUserName(role, 'IAMR:Migrator')).toMatchObject({ verdict: 'yes' });
    expect(judgeUserName(role, 'IAMR:migrator')).toMatchObject({ verdict: 'no' });
  });

  it('shows nothing without a capital letter, and a user shows nothing', () => {
    expect(judgeUserName(role.replace('Mig', 'mig'), 'IAMR:migrator')).toMatchObject({ verdict: 'open' });
    expect(judgeUserName('arn:aws:iam::123456789012:user/Ann', 'IAM:Ann')).toMatchObject({ verdict: 'open' });
  });

  it('is asked with IAM only', async () => {
    const target = { clusterIdentifier: 'mart', database: 'dev' };
    const account = createFakeAccount();

    expect(await settleIn('role-case-kept', { account })).toMatchObject({ verdict: 'open' });
    expect(account.sent).toEqual([]);
    const script: Script = [[/current_user/, one('IAMR:Migrator')]];
    expect(await settleIn('role-case-kept', { account, target, script })).toMatchObject({ verdict: 'yes' });
  });
});
