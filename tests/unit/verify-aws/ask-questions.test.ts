import { PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { askQuestions, type Listener } from '../../../src/verify-aws/ask-questions.ts';
import type { AskedWorld, Question } from '../../../src/verify-aws/question.ts';
import { createFakeAccount, refusal } from '../../fixtures/verify-aws/fake-account.ts';
import { createFakeWorld } from '../../fixtures/verify-aws/fake-world.ts';

const silent: Listener = { onAsk: () => {}, onAnswer: () => {}, onRemove: () => {} };
const ask = (id: string, settle: Question['settle']): Question => ({
  ...{ id, question: `${id}?`, ifNo: '', creates: [], settle },
});
const makeAlarm = ({ scratch, clients }: AskedWorld) =>
  scratch.make('alarm', 'one', (AlarmName) =>
    clients.cloudWatch.send(
      new PutMetricAlarmCommand({ AlarmName, ComparisonOperator: 'LessThanThreshold', EvaluationPeriods: 1 }),
    ),
  );
const yes = { verdict: 'yes', evidence: 'it is so' } as const;

describe('questions', () => {
  it('stay open when they fail, with advice, and keep no other from being asked', async () => {
    const world = createFakeWorld();
    const denied = ask('denied', () => Promise.reject(refusal('AccessDeniedException', 'not authorized.')));
    const broken = ask('broken', () => Promise.reject(new Error('socket hang up')));
    const fine = ask('fine', async () => yes);

    const { asked } = await askQuestions([denied, broken, fine], world, removerOf(world), silent);

    expect(asked.map(({ answer }) => answer)).toEqual([
      {
        verdict: 'open',
        evidence:
          'AccessDeniedException: not authorized. docs/verify-aws.md lists the permissions that the caller needs',
      },
      { verdict: 'open', evidence: 'Error: socket hang up. Remove the cause, then run it again' },
      yes,
    ]);
  });

  it('are not asked any more once the command is stopped, and what was made is removed', async () => {
    const stop = new AbortController();
    const account = createFakeAccount();
    const world = { ...createFakeWorld({ account }), signal: stop.signal };
    const removed: string[] = [];
    const stopped = ask('stopped', async () => {
      await makeAlarm(world);
      expect([...account.alarms.keys()]).toEqual([`${world.scratch.name}-one`]);
      stop.abort();
      throw stop.signal.reason;
    });
    const never = ask('never', () => Promise.reject(new Error('was asked')));

    const { asked, left } = await askQuestions([stopped, never], world, removerOf(world), {
      ...silent,
      onRemove: (things) => removed.push(...things.map(({ name }) => name)),
    });

    expect(asked.map(({ answer }) => answer.evidence)).toEqual([
      'the command was stopped while it was asked',
      'the command was stopped before it was asked',
    ]);
    expect({ left, removed }).toEqual({ left: [], removed: [`${world.scratch.name}-one`] });
    expect(account.alarms.size).toBe(0);
  });
});

function removerOf({ owner, clients, clock }: AskedWorld) {
  return { owner, clients, clock };
}
