import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Question, Settled, Verdict } from '../../../src/verify-aws/question.ts';
import {
  creationLines,
  exitCodeOfVerdicts,
  questionLines,
  verdictRow,
  verdictTable,
  wrongAssumptions,
} from '../../../src/verify-aws/verdicts.ts';

const question: Question = {
  ...{ id: 'one', question: 'Is [this](there.md) so?', ifNo: 'promise 1 does not hold', creates: ['schema'] },
  settle: async () => ({ verdict: 'yes', evidence: '' }),
};
const aws = { isAws: true, region: 'eu-west-1', date: '2026-12-01' };
const rowsOf = (verdicts: readonly Verdict[], isAws = true) =>
  verdicts.map((verdict) => verdictRow({ question, answer: { verdict, evidence: 'e' } }, { ...aws, isAws }));

it.each([
  [['yes', 'yes'], 0],
  [['yes', 'open'], 2],
  [['open', 'no', 'yes'], 1],
  [[], 0],
] as const)('of %j the exit code is %i', (verdicts, code) => {
  expect(exitCodeOfVerdicts(rowsOf(verdicts))).toBe(code);
});

it('what is not AWS settles nothing, whatever it answers', () => {
  const verdict = fc.constantFrom<Verdict>('yes', 'no', 'open');
  fc.assert(
    fc.property(fc.array(verdict, { minLength: 1 }), (verdicts) => {
      const rows = rowsOf(verdicts, false);
      expect(rows.every((row) => row.verdict === 'not AWS')).toBe(true);
      expect(exitCodeOfVerdicts(rows)).toBe(2);
      const asked = verdicts.map((one) => ({ question, answer: { verdict: one, evidence: '' } }));
      expect(wrongAssumptions(asked, { ...aws, isAws: false })).toEqual([]);
    }),
  );
});

it('the table has a row for each question, and nothing ends a cell too early', () => {
  fc.assert(
    fc.property(fc.string(), (evidence) => {
      const answer: Settled = { verdict: 'yes', evidence };
      const [head = '', , row = '', ...more] = verdictTable([verdictRow({ question, answer }, aws)]);

      const cells = (line: string) => line.match(/(?<!\\)\|/g)?.length;
      expect([cells(row), more, /[\r\n<]/.test(row)]).toEqual([cells(head), [], false]);
    }),
  );
});

it('the table says where and when, and has no links, which would lead elsewhere in README', () => {
  expect(verdictTable(rowsOf(['yes'])).at(-1)).toBe('| Is this so? | yes | e | 2026-12-01, eu-west-1 |');
});

it('an answer that is no says what follows', () => {
  const asked = [{ question, answer: { verdict: 'no', evidence: 'e' } }] as const;

  expect(wrongAssumptions(asked, aws)).toEqual(['one: the answer is no: promise 1 does not hold']);
});

it('questions are listed with what they create', () => {
  expect(questionLines([question])).toEqual([
    ...['one', '  Is this so?', '  creates: a schema with tables and procedures'],
  ]);
  expect(creationLines([question, question], 'elt-verify-1', 'elt_verify_1')).toEqual([
    'a schema with tables and procedures: elt_verify_1',
  ]);
});
