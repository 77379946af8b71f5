import { quoteName } from '../../migrations/quote.ts';
import { recordColumns } from '../../migrations/staged-columns.ts';
import { readWrittenRows } from '../../report/read/read-written-rows.ts';
import { argumentExpression } from '../../steps/call/argument.ts';
import { type AskedWorld, open, type Question, yesIf } from '../question.ts';
import { type Described, sqlError, statementOf } from '../warehouse.ts';
import { asRuntime } from './as-runtime.ts';

/** What procedures may do, and how they are called. */
export const procedureQuestions: readonly Question[] = [
  {
    id: 'loop-over-columns',
    question: 'May a procedure loop over SVV_COLUMNS and insert what it finds?',
    note: '`npm run migrate` records the columns of staged tables that way.',
    ifNo: 'npm run migrate fails at "columns of staged tables"; name the columns in the definition instead',
    creates: ['schema'],
    settle: async ({ owner, scratch }) => {
      const schema = await scratch.schema();
      await owner.must([`CREATE TABLE ${schema}.looked_at (a integer, b varchar(10), c timestamp)`]);
      const ended = await owner.run(recordColumns(schema, [`${schema}.looked_at`]));
      if (ended.Status !== 'FINISHED') return yesIf(false, `${statementOf(ended)}: ${sqlError(ended)}`);
      const [[columns] = []] = await owner.rows(`SELECT count(*) FROM ${schema}.staged_columns`);
      return yesIf(Number(columns) === 3, `${statementOf(ended)} noted ${columns} of 3 columns`);
    },
  },
  {
    id: 'written-rows-shown',
    question:
      'Do SYS_QUERY_HISTORY and SYS_QUERY_DETAIL show what a procedure wrote to the user who called it?',
    note: '[Reports](reports.md#where-the-figures-come-from) read the rows of a step there. If not, they show none.',
    ifNo: 'reports show no rows for the steps of a run',
    creates: ['schema'],
    settle: settleWrittenRows,
  },
  {
    id: 'call-parameters',
    question: 'Does the Data API accept parameters inside `CALL procedure(:name::type)`?',
    note: 'The documentation shows them in queries only.',
    ifNo: 'no step can run: its fence is called with parameters',
    creates: ['schema'],
    settle: async ({ owner, scratch }) => {
      const schema = await scratch.schema();
      const value = 'it’s 5 o\\clock: :name, --';
      await owner.must([`CREATE TABLE ${schema}.taken (value varchar(100))`]);
      await owner.must([
        procedure(`${schema}.sp_take(given varchar(65535))`, `INSERT INTO ${schema}.taken VALUES (given)`),
      ]);
      const call = `CALL ${schema}.sp_take(${argumentExpression(value, ':given')})`;
      const ended = await owner.run([call], [{ name: 'given', value }]);
      if (ended.Status !== 'FINISHED') return yesIf(false, `${statementOf(ended)}: ${sqlError(ended)}`);
      const [[taken] = []] = await owner.rows(`SELECT value FROM ${schema}.taken`);
      return yesIf(
        taken === value,
        `${statementOf(ended)} ${taken === value ? 'passed a text as it was' : 'passed another text than it was given'}`,
      );
    },
  },
  {
    id: 'numbers-widened',
    question: 'Does Redshift widen a number to the type of a procedure’s parameter?',
    note: 'The documentation says so for expressions.',
    ifNo: "a number as an argument needs its type: write `{ value: 5, as: 'bigint' }`",
    creates: ['schema'],
    settle: settleWidening,
  },
];

function procedure(signature: string, ...body: readonly string[]): string {
  return `CREATE PROCEDURE ${signature} AS $$\nBEGIN\n${body.map((sql) => `  ${sql};\n`).join('')}END;\n$$ LANGUAGE plpgsql`;
}

/** Types that the number 5, a smallint, has to fit. */
const WIDER = ['smallint', 'integer', 'bigint', 'numeric(18,2)', 'double precision'];

async function settleWidening({ owner, scratch }: AskedWorld) {
  const schema = await scratch.schema();
  await owner.must([`CREATE TABLE ${schema}.widened (n double precision)`]);
  const refused: string[] = [];
  for (const [index, type] of WIDER.entries()) {
    const name = `${schema}.sp_wide_${index}`;
    await owner.must([procedure(`${name}(n ${type})`, `INSERT INTO ${schema}.widened VALUES (n)`)]);
    const ended = await owner.run(
      [`CALL ${name}(${argumentExpression(5, ':n')})`],
      [{ name: 'n', value: '5' }],
    );
    if (ended.Status !== 'FINISHED') refused.push(`${type}: ${sqlError(ended)} (${statementOf(ended)})`);
  }
  return yesIf(
    refused.length === 0,
    refused.length === 0 ? `5 as smallint was taken as ${WIDER.join(', ')}` : refused.join('; '),
  );
}

const WRITTEN = 3;
/** Redshift’s record of a statement may come later than its end. */
const LOOKS = 12;
const PAUSE_MS = 5_000;

async function settleWrittenRows(world: AskedWorld) {
  return asRuntime(world, async (runtime, schema) => {
    const { owner, clock, signal, users } = world;
    const user = quoteName(users.runtime);
    await owner.must([`CREATE TABLE ${schema}.written (n integer)`]);
    await owner.must([
      procedure(
        `${schema}.sp_write()`,
        ...Array.from({ length: WRITTEN }, (_, n) => `INSERT INTO ${schema}.written VALUES (${n})`),
      ),
    ]);
    await owner.must([`GRANT INSERT ON ${schema}.written TO ${user}`]);
    await owner.must([`GRANT EXECUTE ON PROCEDURE ${schema}.sp_write() TO ${user}`]);
    const ended = await runtime.must(['SELECT 1', `CALL ${schema}.sp_write()`]);
    const life = lifeOf(ended);
    if (life === undefined) return open(`${statementOf(ended)} has no RedshiftPid: see session-of-batch`);
    let shown = 0;
    for (let look = 0; look < LOOKS && shown < WRITTEN; look += 1) {
      if (look > 0) await clock.sleep(PAUSE_MS, signal);
      const rows = await readWrittenRows({ api: runtime.api, target: runtime.target, clock }, [life]);
      shown = rows.get(life.step)?.find(({ table }) => table === `${schema}.written`)?.inserted ?? 0;
    }
    return yesIf(
      shown === WRITTEN,
      `${statementOf(ended)} wrote ${WRITTEN} rows; ${users.runtime} is shown ${shown}`,
    );
  });
}

function lifeOf({ RedshiftPid, CreatedAt, UpdatedAt }: Described) {
  if (!RedshiftPid || CreatedAt === undefined || UpdatedAt === undefined) return undefined;
  return { step: 'written', pid: RedshiftPid, from: CreatedAt.getTime(), to: UpdatedAt.getTime() };
}
