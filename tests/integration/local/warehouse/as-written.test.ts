import { readdirSync, readFileSync } from 'node:fs';
import {
  BatchExecuteStatementCommand,
  DescribeStatementCommand,
  type DescribeStatementCommandOutput,
  type Field,
  GetStatementResultCommand,
} from '@aws-sdk/client-redshift-data';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalRedshift, startLocalRedshift } from '../../../fixtures/local-redshift.ts';
import { extent } from '../../../fixtures/runner/extent.ts';

/** SQL as people write it, and what Redshift answers. */
interface WrittenCase {
  readonly id: string;
  /** Sent one by one, except for those of a transaction, which are sent together. */
  readonly batches: readonly (readonly string[])[];
  /** Rows as JSON, `runs`, or `error` with the beginning of its text. */
  readonly expected: string;
  /** Here the answer is known to be another one than Redshift's. */
  readonly differs: boolean;
}

/** Reads the cases of as-written/*.sql; the format is described in as-written/tables.sql. */
function readCases(): readonly WrittenCase[] {
  const folder = new URL('as-written/', import.meta.url);
  return readdirSync(folder).flatMap((file) => {
    const [, ...parts] = readFileSync(new URL(file, folder), 'utf8').split(/^## /m);
    return parts.map(readCase);
  });
}

function readCase(part: string): WrittenCase {
  const [, id = '', text = '', marked = ''] = /^([^\n]*)\n(.*)\n--> ([^\n]*)\n*$/s.exec(part) ?? [];
  const expected = marked.replace(/^differs /, '');
  const [alone = '', together = ''] = text.split(/^-- in one transaction$/m);
  const transaction = statementsOf(together);
  return {
    ...{ id, expected, differs: expected !== marked },
    batches: [...statementsOf(alone).map((sql) => [sql]), ...(transaction.length === 0 ? [] : [transaction])],
  };
}

function statementsOf(text: string): readonly string[] {
  return text
    .split(/;\s*$/m)
    .map((sql) => sql.replaceAll(/^-- .*$/gm, '').trim())
    .filter((sql) => sql !== '');
}

let local: LocalRedshift;
let count = 0;
beforeAll(async () => {
  local = await startLocalRedshift();
});
afterAll(() => local.close());

const TARGET = { ClusterIdentifier: 'redshiftcluster-abcd', Database: 'dev', DbUser: 'owner' };

async function run(sqls: readonly string[]): Promise<DescribeStatementCommandOutput> {
  const [Sql = ''] = sqls;
  if (sqls.length === 1) return local.run(Sql, TARGET);
  const { Id } = await local.client.send(new BatchExecuteStatementCommand({ ...TARGET, Sqls: [...sqls] }));
  return local.client.send(new DescribeStatementCommand({ Id, WaitTimeSeconds: 30 }));
}

/** What the last statement of a case answers, in the words of the cases. */
async function answerOf({ batches, expected }: WrittenCase): Promise<string> {
  const schema = `written_${++count}`;
  await run([`CREATE SCHEMA ${schema}`]);
  const all = batches.map((sqls) => sqls.map((sql) => sql.replaceAll('{s}', schema)));
  for (const sqls of all.slice(0, -1)) {
    const { Error: error } = await run(sqls);
    if (error !== undefined) return error;
  }
  return describeEnd(await run(all.at(-1) ?? []), expected);
}

async function describeEnd(end: DescribeStatementCommandOutput, expected: string): Promise<string> {
  if (end.Status !== 'FINISHED') return cut(`error ${end.Error}`, expected);
  if (!expected.startsWith('[')) return 'runs';
  const Id = end.SubStatements?.at(-1)?.Id ?? end.Id;
  const { Records = [] } = await local.client.send(new GetStatementResultCommand({ Id }));
  return JSON.stringify(Records.map((record) => record.map(readField)));
}

const readField = (field: Field): unknown => (field.isNull ? null : Object.values(field)[0]);

/** An error is compared as far as its text is expected. */
function cut(answer: string, expected: string): string {
  return answer.startsWith(expected) ? expected : answer;
}

/** `npm test` tries a third of them. */
const tried = readCases().filter((_, index) => extent(index % 3 === 0, true));
const { known = [], same = [] } = Object.groupBy(tried, ({ differs }) => (differs ? 'known' : 'same'));

async function checkAnswer(written: WrittenCase): Promise<void> {
  const { expected } = written;
  const wanted = expected.startsWith('[') ? JSON.stringify(JSON.parse(expected)) : expected;

  expect(await answerOf(written)).toBe(wanted);
}

describe('SQL as people write it', () => {
  it.each(same)('answers as Redshift does: $id', checkAnswer);

  it.each(known)('answers otherwise than Redshift, as documented: $id', checkAnswer);
});
