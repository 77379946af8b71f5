import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session, Warehouse } from '../../../../src/local/contracts.ts';
import { createWarehouse } from '../../../../src/local/warehouse/create-warehouse.ts';

let warehouse: Warehouse;
let session: Session;
beforeAll(async () => {
  warehouse = await createWarehouse();
  session = await warehouse.open('dev', 'owner');
  await session.execute('CREATE TABLE done (place int IDENTITY(1, 1), what varchar(20))');
  await session.execute('CREATE TABLE emptied (a int)');
});
afterAll(() => warehouse.close());

type Condition = 'true' | 'false' | '1 / zero = 1';
/** What a procedure does: writes a number, fails, ends the transaction, or has steps below IF or WHILE. */
type Step =
  | { readonly do: 'write'; readonly what: number }
  | { readonly do: 'fail' | 'commit' | 'truncate' | 'rollback' }
  | { readonly do: 'if'; readonly when: Condition; readonly steps: Step[]; readonly otherwise: Step[] }
  | { readonly do: 'twice'; readonly steps: Step[]; readonly leaves: boolean };

const { steps } = fc.letrec<{ steps: Step[]; step: Step }>((tie) => ({
  steps: fc.array(tie('step'), { minLength: 1, maxLength: 4 }),
  step: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('write' as const), what: fc.nat({ max: 99 }) }) },
    fc.record({
      do: fc.constantFrom('fail' as const, 'commit' as const, 'truncate' as const, 'rollback' as const),
    }),
    fc.record({
      do: fc.constant('if' as const),
      when: fc.constantFrom<Condition>('true', 'false', '1 / zero = 1'),
      steps: tie('steps'),
      otherwise: tie('steps'),
    }),
    fc.record({ do: fc.constant('twice' as const), steps: tie('steps'), leaves: fc.boolean() }),
  ),
}));

type Mode = 'default' | 'exit_handler' | 'continue_handler';

function write(list: readonly Step[], depth = 0): string {
  const counter = `turn${depth}`;
  return list
    .map((step) => {
      switch (step.do) {
        case 'write':
          return `INSERT INTO done (what) VALUES ('${step.what}');`;
        case 'fail':
          return 'PERFORM 1 / zero;';
        case 'truncate':
          return 'TRUNCATE emptied;';
        case 'if':
          return `IF ${step.when} THEN ${write(step.steps, depth)} ELSE ${write(step.otherwise, depth)} END IF;`;
        case 'twice':
          return `${counter} := 0; WHILE ${counter} < 2 LOOP ${counter} := ${counter} + 1; ${write(step.steps, depth + 1)} ${step.leaves ? 'EXIT;' : ''} END LOOP;`;
        default:
          return `${step.do.toUpperCase()};`;
      }
    })
    .join('\n');
}

const FAILED = new Error('division by zero');

/** The rows there are in the end, by the rules of the documentation. */
function expectedRows(list: readonly Step[], mode: Mode): { rows: string[]; fails: boolean } {
  const rows: string[] = [];
  let pending: string[] = [];
  const commit = () => {
    rows.push(...pending);
    pending = [];
  };
  const branch = (step: Step & { do: 'if' }): void => {
    if (step.when.includes('zero')) throw FAILED;
    run(step.when === 'true' ? step.steps : step.otherwise);
  };
  const turns = (step: Step & { do: 'twice' }): void => {
    for (let turn = step.leaves ? 1 : 0; turn < 2; turn++) run(step.steps);
  };
  const perform = (step: Step): void => {
    if (step.do === 'fail') throw FAILED;
    if (step.do === 'rollback') pending = [];
    if (step.do === 'write') pending.push(String(step.what));
    if (step.do === 'if') branch(step);
    if (step.do === 'twice') turns(step);
    if (mode !== 'default' || /^(commit|truncate)$/.test(step.do)) commit();
  };
  const handle = (error: unknown) => {
    if (error !== FAILED) throw error;
    pending = ['handled'];
    commit();
  };
  const run = (inner: readonly Step[]): void => {
    for (const step of inner) {
      try {
        perform(step);
      } catch (error) {
        if (mode !== 'continue_handler') throw error;
        handle(error);
      }
    }
  };
  try {
    run(list);
    commit();
    return { rows, fails: false };
  } catch (error) {
    handle(error);
    return { rows, fails: mode === 'default' };
  }
}

/** Not so many as elsewhere: each is a procedure that is made, called and looked after. */
const RUNS = 60;

describe('the transactions of a procedure', () => {
  it.each<Mode>(['default', 'exit_handler', 'continue_handler'])(
    'are those of the documentation: %s',
    async (mode) => {
      await fc.assert(
        fc.asyncProperty(steps, async (list) => {
          const kind = mode === 'default' ? ['', ''] : ['NONATOMIC', mode];
          await session.execute(`CREATE OR REPLACE PROCEDURE made(zero int) ${kind[0]} AS $$
          DECLARE turn0 int; turn1 int; turn2 int; turn3 int; turn4 int;
          BEGIN ${write(list)}
          EXCEPTION ${kind[1]} WHEN OTHERS THEN INSERT INTO done (what) VALUES ('handled');
          END; $$ LANGUAGE plpgsql`);
          await session.execute('TRUNCATE done');
          const called = session.execute('CALL made(0)').then(
            () => false,
            (error: Error) => error.message.includes('division by zero'),
          );
          const fails = await called;
          const { rows = [] } = await session.execute('SELECT what FROM done ORDER BY place');

          expect({ rows: rows.map(([what]) => what), fails }).toEqual(expectedRows(list, mode));
        }),
        { numRuns: RUNS },
      );
    },
  );
});
