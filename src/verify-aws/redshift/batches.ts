import { type AskedWorld, no, open, type Question, yes, yesIf } from '../question.ts';
import { isRefusedInput } from '../refused-input.ts';
import { type Described, sqlError, statementOf } from '../warehouse.ts';

/** A batch whose second statement fails when it runs. */
const HALF_FAILING = ['SELECT 1', 'SELECT 1 / 0'];

/** What the Data API does with batches, asked with statements that touch no table. */
export const batchQuestions: readonly Question[] = [
  {
    id: 'batch-results-kept',
    question: 'Does the Data API keep the results of a batch’s finished statements when a later one fails?',
    note: '`showRows` of an audit reads them. If it does not, the cause has the count only, and says why.',
    ifNo: 'causes of failed audits have the count of wrong rows, and none of the rows (`showRows`)',
    creates: [],
    settle: async ({ owner }) => {
      const failed = await owner.run(HALF_FAILING);
      if (failed.Status !== 'FAILED') return open(unexpected(failed));
      try {
        const rows = await owner.result(`${failed.Id}:1`);
        return yesIf(
          rows.length === 1,
          `${statementOf(failed)} failed; its first statement still has ${rows.length} of 1 row`,
        );
      } catch (error) {
        return no(`${statementOf(failed)} failed; of its first statement: ${(error as Error).message}`);
      }
    },
  },
  {
    id: 'session-of-batch',
    question: 'Does DescribeStatement name the session of a batch (`RedshiftPid`)?',
    note: '[Reports](reports.md#where-the-figures-come-from) find the rows of a step by it. If not, they show none.',
    ifNo: 'reports show no rows for the steps of a run',
    creates: [],
    settle: async ({ owner }) => {
      const ended = await owner.run(['SELECT 1', 'SELECT 2']);
      if (ended.Status !== 'FINISHED') return open(unexpected(ended));
      const isNamed = (ended.RedshiftPid ?? 0) > 0;
      return yesIf(
        isNamed,
        `${statementOf(ended)}: RedshiftPid is ${isNamed ? 'there' : (ended.RedshiftPid ?? 'absent')}`,
      );
    },
  },
  {
    id: 'batch-error-told',
    question: 'Does a batch say the error of its failed statement, on the parent or on the sub-statement?',
    note: 'The code reads both.',
    ifNo: 'a failed step does not say its SQL error (promise 5), and errors cannot be told apart by their texts',
    creates: [],
    settle: async ({ owner }) => judgeErrors(await owner.run(HALF_FAILING)),
  },
  {
    id: 'failed-batch-rolled-back',
    question: 'Is a batch whose last statement fails rolled back as a whole?',
    note: 'A step is one batch: calls, audits and the record of its load.',
    ifNo: 'promises 1 and 6 do not hold: what a failed step wrote would stay',
    creates: ['schema'],
    settle: async ({ owner, scratch }) => {
      const table = `${await scratch.schema()}.rolled_back`;
      await owner.must([`CREATE TABLE ${table} (n integer)`]);
      const failed = await owner.run([`INSERT INTO ${table} VALUES (1)`, 'SELECT 1 / 0']);
      if (failed.Status !== 'FAILED') return open(unexpected(failed));
      const [[rows] = []] = await owner.rows(`SELECT count(*) FROM ${table}`);
      return yesIf(
        Number(rows) === 0,
        `${statementOf(failed)} failed behind an INSERT, and left ${rows} rows`,
      );
    },
  },
  {
    id: 'large-transaction',
    question: 'Does the Data API accept a transaction of several megabytes?',
    note: 'It documents 200 KB for one statement.',
    ifNo: 'npm run migrate cannot apply a file of that size in one transaction, nor a step with many long audits run',
    creates: [],
    settle: settleLarge,
  },
];

/** Pure: where the error of a failed batch stands. */
function judgeErrors(failed: Described) {
  if (failed.Status !== 'FAILED') return open(unexpected(failed));
  const ofPart = failed.SubStatements?.find(({ Error: error }) => error !== undefined)?.Error;
  const places = [
    ...(failed.Error === undefined ? [] : [`the parent says “${failed.Error}”`]),
    ...(ofPart === undefined ? [] : [`the sub-statement says “${ofPart}”`]),
  ];
  const said = places.length === 0 ? 'neither says an error' : places.join(', ');
  return yesIf(places.length > 0, `${statementOf(failed)}: ${said}`);
}

const LITERAL = `len('${'x'.repeat(60_000)}')`;
/** 180 KB: close to what one statement may have. */
const LARGE = `SELECT ${LITERAL} + ${LITERAL} + ${LITERAL}`;
const LARGE_STATEMENTS = 20;

async function settleLarge({ owner }: AskedWorld) {
  const sqls = Array.from({ length: LARGE_STATEMENTS }, () => LARGE);
  const size = `${((LARGE.length * LARGE_STATEMENTS) / 1_000_000).toFixed(1)} MB`;
  try {
    const ended = await owner.run(sqls);
    if (ended.Status === 'FINISHED') return yes(`${statementOf(ended)} had ${size}`);
    return no(`${statementOf(ended)} had ${size}: ${sqlError(ended)}`);
  } catch (error) {
    if (!isRefusedInput((error as Error).cause)) throw error;
    return no(`${size}: ${(error as Error).message}`);
  }
}

function unexpected(ended: Described): string {
  return `${statementOf(ended)} ended otherwise than it had to: ${ended.Status}, ${sqlError(ended)}. Run it again; if it stays so, look at the statement in the query editor`;
}
