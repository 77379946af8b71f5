import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withQuestions } from '../../scripts/questions-list.ts';
import { systemClock } from '../../src/clock.ts';
import { askQuestions, type Listener } from '../../src/verify-aws/ask-questions.ts';
import type { AskedWorld, Question } from '../../src/verify-aws/question.ts';
import { questions } from '../../src/verify-aws/questions.ts';
import { createScratch } from '../../src/verify-aws/scratch.ts';
import { createSession } from '../../src/verify-aws/warehouse.ts';
import { createJumpingClock } from '../fixtures/jumping-clock.ts';
import { type LocalRedshift, startLocalRedshift } from '../fixtures/local-redshift.ts';
import { testStage } from '../fixtures/stage.ts';
import { createFakeAccount, type FakeAccount } from '../fixtures/verify-aws/fake-account.ts';
import { settleIn } from '../fixtures/verify-aws/fake-world.ts';

const read = (file: string) => readFile(new URL(`../../${file}`, import.meta.url), 'utf8');
const silent: Listener = { onAsk: () => {}, onAnswer: () => {}, onRemove: () => {} };

/** Their answer needs a load or a message that a person watches, or another stage. */
const OPEN_HERE = [
  'role-case-kept',
  'task-identifier-kept',
  'dms-waits-for-lock',
  'truncated-lobs',
  'arns-in-definitions',
  'message-structure-published',
  'deadline-within-its-minute',
  'chat-shows-message',
];

let redshift: LocalRedshift;
const sent = new Set<string>();
beforeAll(async () => {
  redshift = await startLocalRedshift();
});
afterAll(() => redshift.close());

/** An account in memory, and a warehouse that is real as far as it can be here. */
function createWorld(account: FakeAccount, run: number): AskedWorld {
  const api = {
    send: (command: never, options: never) => {
      sent.add((command as object).constructor.name.replace(/Command$/, ''));
      return redshift.client.send(command, options);
    },
  } as never;
  const target = { clusterIdentifier: 'redshiftcluster-abcd', database: 'dev' };
  const name = `elt-verify-20261201t0930-${run.toString(16).padStart(6, '0')}`;
  const warehouseOf = (dbUser: string) =>
    createSession({ api, name, clock: systemClock, target: { ...target, dbUser } });
  const owner = warehouseOf('owner');
  return {
    ...{ stage: testStage(), owner, runtime: warehouseOf('runtime'), clients: account.clients },
    users: { owner: 'owner', runtime: 'runtime', dms: 'dms' },
    clock: createJumpingClock('2026-12-01T09:30:00Z'),
    scratch: createScratch(name, owner),
    signal: new AbortController().signal,
  };
}

/** Everything in the warehouse's catalog that a question could have made. */
async function namesInWarehouse({ owner }: AskedWorld): Promise<readonly string[]> {
  const rows = await owner.rows(
    'SELECT CAST(nspname AS varchar) FROM pg_namespace UNION ALL SELECT CAST(relname AS varchar) FROM pg_class UNION ALL SELECT CAST(proname AS varchar) FROM pg_proc',
  );
  // A session has its own schema for what is temporary.
  return rows
    .map(([name]) => String(name))
    .filter((name) => !/^pg_(?:toast_)?temp_/.test(name))
    .toSorted();
}

describe('each question', () => {
  it.each(questions.map((question, index) => [question.id, question, index] as const))(
    '%s is settled, creates what it says, and leaves nothing behind',
    async (id, question, index) => {
      const account = createFakeAccount();
      const world = createWorld(account, index);
      const before = await namesInWarehouse(world);

      const { asked, left } = await askQuestions([question], world, { ...world }, silent);

      for (const operation of account.sent) sent.add(operation);
      const verdict = OPEN_HERE.includes(id) ? 'open' : 'yes';
      expect(asked.map(({ answer }) => answer)).toEqual([{ verdict, evidence: expect.any(String) }]);
      expect([...new Set(world.scratch.things().map(({ kind }) => kind))]).toEqual(question.creates);
      expect({ left, alarms: account.alarms.size, stacks: account.stacks.size }).toEqual({
        ...{ left: [], alarms: 0, stacks: 0 },
      });
      expect(await namesInWarehouse(world)).toEqual(before);
    },
  );

  it('about roles asks who the caller is where the stage connects with IAM', async () => {
    const account = createFakeAccount();
    const target = { clusterIdentifier: 'mart', database: 'dev' };

    const { verdict } = await settleIn('role-case-kept', {
      ...{ account, target, script: [[/current_user/, { rows: [['IAMR:Migrator']] as never }]] },
    });

    for (const operation of account.sent) sent.add(operation);
    expect(verdict).toBe('yes');
  });

  it('that fails while its statement runs has it cancelled', async () => {
    const world = createWorld(createFakeAccount(), questions.length);
    const before = await namesInWarehouse(world);
    let id = '';
    const failing: Question = {
      ...{ id: 'failing', question: '?', ifNo: '', creates: ['schema'] },
      settle: async ({ owner, scratch }) => {
        await scratch.schema();
        id = await owner.submit(['SELECT pg_sleep(3600)']);
        throw new Error('the network is gone');
      },
    };

    const { left } = await askQuestions([failing], world, { ...world }, silent);

    expect({ left, status: (await world.owner.describe(id)).Status }).toEqual({
      left: [],
      status: 'ABORTED',
    });
    expect(await namesInWarehouse(world)).toEqual(before);
  });
});

describe('the documents', () => {
  it('docs/guarantees.md lists the questions that are asked: npm run docs writes them', async () => {
    const page = await read('docs/guarantees.md');

    expect(withQuestions(page)).toBe(page);
  });

  it('docs/verify-aws.md has the permissions for what was sent above, and no other', async () => {
    const page = await read('docs/verify-aws.md');
    const table = page.slice(page.indexOf('## Permissions of the caller'));
    const rows = table.split('\n').filter((line) => line.startsWith('| ') && line.includes(':'));
    const named = rows.flatMap((row) =>
      [...(row.split('|')[2] ?? '').matchAll(/`(?:[a-z-]+:)?([A-Z]\w+)`/g)].map(([, action]) => action),
    );

    expect(named.toSorted()).toEqual([...sent].toSorted());
  });

  it('docs/verify-aws.md says how many questions there are', async () => {
    expect(await read('docs/verify-aws.md')).toContain(`: ${questions.length} questions\n`);
  });

  it('questions have names of their own, and each says what follows from a no', () => {
    expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
    for (const { id, question, ifNo } of questions) {
      expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)+$/);
      expect([question.endsWith('?'), ifNo.length > 20]).toEqual([true, true]);
    }
  });
});
