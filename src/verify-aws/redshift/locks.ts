import { quoteName } from '../../migrations/quote.ts';
import { no, open, type Question, type Settled, yes, yesIf } from '../question.ts';
import { sqlError, statementOf } from '../warehouse.ts';
import { asRuntime } from './as-runtime.ts';
import { type Meeting, meet } from './overlap.ts';

const RUN_AGAIN =
  'no two transactions met for long enough, or the warehouse queues what it could run beside each other. Run it again while the warehouse is idle';

/** How transactions meet: the fence, readers, and DMS’s TRUNCATE. */
export const lockQuestions: readonly Question[] = [
  {
    id: 'lock-waits',
    question:
      'Does a transaction that begins with `LOCK` wait for the one that holds the lock, and then see what that one committed?',
    note: 'The fence of a step rests on it.',
    ifNo: 'promise 1 does not hold: two runs of a load could both take effect',
    creates: ['schema'],
    settle: async (world) => {
      const table = `${await world.scratch.schema()}.fence`;
      await world.owner.must([`CREATE TABLE ${table} (n integer)`]);
      const meeting = await meet(
        world,
        [`LOCK ${table}`, `INSERT INTO ${table} VALUES (1)`],
        [`LOCK ${table}`, `SELECT count(*) FROM ${table}`],
      );
      if (meeting === undefined) return open(RUN_AGAIN);
      if (meeting.outcome !== 'waited') return no(`${pair(meeting)}: the second one did not wait`);
      const [[seen] = []] = await world.owner.result(`${meeting.other.Id}:2`);
      const [[all] = []] = await world.owner.rows(`SELECT count(*) FROM ${table}`);
      const isSeen = Number(seen) > 0 && Number(seen) === Number(all);
      return yesIf(
        isSeen,
        `${pair(meeting)}: the second one waited, and ${isSeen ? 'saw' : 'did not see'} the first one’s row`,
      );
    },
  },
  {
    id: 'reader-sees-before',
    question:
      'Does a reader see the rows from before a transaction, without waiting, while that deletes and inserts?',
    note: 'That is snapshot isolation, as AWS documents it.',
    ifNo: 'promise 6 does not hold: readers wait for a step, or see half of it',
    creates: ['schema'],
    settle: async (world) => {
      const table = `${await world.scratch.schema()}.shown`;
      await world.owner.must([`CREATE TABLE ${table} (n integer)`]);
      await world.owner.must([`INSERT INTO ${table} VALUES (1)`]);
      // One row, whose number each try raises: a reader of what is not committed would see the next one.
      const meeting = await meet(
        world,
        [
          `INSERT INTO ${table} SELECT max(n) + 1 FROM ${table}`,
          `DELETE FROM ${table} WHERE n < (SELECT max(n) FROM ${table})`,
        ],
        [`SELECT count(*), max(n) FROM ${table}`],
      );
      if (meeting === undefined) return open(RUN_AGAIN);
      if (meeting.outcome === 'waited') return no(`${pair(meeting)}: the reader waited`);
      const [[rows, seen] = []] = await world.owner.result(meeting.other.Id ?? '');
      const [[now] = []] = await world.owner.rows(`SELECT max(n) FROM ${table}`);
      const isBefore = Number(rows) === 1 && Number(seen) === Number(now) - 1;
      return yesIf(
        isBefore,
        `${pair(meeting)}: the reader did not wait, and saw ${isBefore ? 'the rows from before' : 'other rows'}`,
      );
    },
  },
  {
    id: 'truncate-waits',
    question: 'Does a TRUNCATE wait for a transaction that has read the table?',
    note: 'DMS begins a load with it. A step’s fence counts the staged rows, and relies on their staying until it commits.',
    ifNo: 'promise 2 has a gap: DMS can empty staging between the count of a step and its procedures',
    creates: ['schema'],
    settle: async (world) => {
      const schema = await world.scratch.schema();
      const table = `${schema}.staged`;
      await world.owner.must([`CREATE TABLE ${table} (n integer)`]);
      await world.owner.must([`INSERT INTO ${table} VALUES (1)`]);
      // As the fence counts: a query by itself might be answered from what Redshift remembers of the last one.
      await world.owner.must([countingProcedure(schema)]);
      const meeting = await meet(world, [`CALL ${schema}.sp_count('${table}')`], [`TRUNCATE ${table}`]);
      if (meeting === undefined) return open(RUN_AGAIN);
      const { other } = meeting;
      if (other.Status !== 'FINISHED') return open(`${statementOf(other)}: ${sqlError(other)}`);
      return meeting.outcome === 'waited'
        ? yes(`${pair(meeting)}: it waited`)
        : no(`${pair(meeting)}: it did not wait`);
    },
  },
  {
    id: 'lock-privileges',
    question: 'Do SELECT, INSERT, UPDATE and DELETE on a table suffice to `LOCK` it?',
    note: 'The runtime user has no more on the fence tables, and AWS does not say what `LOCK` needs.',
    ifNo: 'no step can run: grant the runtime user more on the fence tables (`src/migrations/own-tables.ts`)',
    creates: ['schema'],
    settle: (world) =>
      asRuntime(world, async (runtime, schema): Promise<Settled> => {
        const table = `${schema}.locked`;
        await world.owner.must([`CREATE TABLE ${table} (n integer)`]);
        await world.owner.must([
          `GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO ${quoteName(world.users.runtime)}`,
        ]);
        const ended = await runtime.run([`LOCK ${table}`, `SELECT count(*) FROM ${table}`]);
        if (ended.Status === 'FINISHED') return yes(`${statementOf(ended)}, as ${world.users.runtime}`);
        return no(`${statementOf(ended)}, as ${world.users.runtime}: ${sqlError(ended)}`);
      }),
  },
];

const countingProcedure = (schema: string) => `CREATE PROCEDURE ${schema}.sp_count(counted varchar(300)) AS $$
DECLARE
  found_rows bigint;
BEGIN
  EXECUTE 'SELECT count(*) FROM ' || counted INTO found_rows;
END;
$$ LANGUAGE plpgsql`;

function pair({ holder, other }: Meeting): string {
  return `${statementOf(holder)} was met by ${statementOf(other)}`;
}
