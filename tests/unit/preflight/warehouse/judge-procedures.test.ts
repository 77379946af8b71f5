import { describe, expect, it } from 'vitest';
import { definePipeline } from '../../../../src/definition/define-pipeline.ts';
import { judgeNonatomic } from '../../../../src/preflight/warehouse/judge-nonatomic.ts';
import { judgeProcedures, judgePython } from '../../../../src/preflight/warehouse/judge-procedures.ts';
import { judgeTimeout } from '../../../../src/preflight/warehouse/judge-timeout.ts';
import type { ProcedureFacts } from '../../../../src/preflight/warehouse/warehouse-facts.ts';
import type { StepDefinition } from '../../../../src/steps/step.ts';
import { procedureOf, REPAIRS } from './facts.ts';

const FENCE = procedureOf({ name: 'elt.sp_fence' });

function pipelineWith(step: StepDefinition<never>) {
  return definePipeline({
    ...{ name: 'sales', tasks: ['task'], stagedTables: ['dbo.stg'] },
    steps: { Load: step },
  });
}

function judge(step: StepDefinition<never>, procedures: readonly ProcedureFacts[]) {
  return judgeProcedures([pipelineWith(step)], [...procedures, FENCE], REPAIRS);
}

describe('procedures', () => {
  it('says nothing of one that is there and may be called', () => {
    expect(judge({ call: 'dbo.sp_x' }, [procedureOf()])).toEqual([]);
  });

  it('names the file into which a missing one belongs', () => {
    expect(judge({ call: 'dbo.sp_x' }, [])).toMatchObject([
      { id: 'procedure-missing', repair: expect.stringContaining('sql/migrations/R__procedure_sp_x.sql') },
    ]);
  });

  it.each<[string, number | string | boolean | { run: 'loadTime'; as: string }, string, boolean]>([
    ['a small number for a larger type', 5, 'bigint', true],
    ['a number for a numeric', 5, 'numeric', true],
    ['a large number for a smaller type', 3_000_000_000, 'integer', false],
    ['a text', 'x', 'character varying', true],
    ['a text for a number', 'x', 'integer', false],
    ['a boolean', true, 'boolean', true],
    ['a named type', { run: 'loadTime', as: 'timestamp' }, 'timestamp without time zone', true],
    ['a named type for another', { run: 'loadTime', as: 'timestamp' }, 'date', false],
  ])('compares types: %s', (_title, argument, type, fits) => {
    const step = { call: { procedure: 'dbo.sp_x', args: [argument] } };

    const found = judge(step, [procedureOf({ argumentTypes: [type] })]);

    expect(found.map(({ id }) => id)).toEqual(fits ? [] : ['procedure-arguments']);
  });

  it('takes any overload that fits', () => {
    const overloads = [procedureOf({ argumentTypes: ['integer'] }), procedureOf()];

    expect(judge({ call: 'dbo.sp_x' }, overloads)).toEqual([]);
    expect(judge({ call: { procedure: 'dbo.sp_x', args: [1, 2] } }, overloads)[0]?.what).toBe(
      'The step calls dbo.sp_x(smallint, smallint), and the warehouse has dbo.sp_x(integer) and dbo.sp_x().',
    );
  });

  it('names a missing EXECUTE with the types of the arguments, once for all steps', () => {
    const pipelines = [
      pipelineWith({ call: 'dbo.sp_x' }),
      { ...pipelineWith({ call: 'dbo.sp_x' }), name: 'other' },
    ];

    const found = judgeProcedures(pipelines, [procedureOf({ isCallable: false }), FENCE], REPAIRS);

    expect(found).toMatchObject([
      { id: 'grant-missing', what: 'User loader lacks EXECUTE on the procedure dbo.sp_x().' },
    ]);
  });

  it.each(['TRUNCATE dbo.t', 'COMMIT', 'ROLLBACK'])('finds %s in a step that is not marked', (sql) => {
    const facts = procedureOf({ body: `BEGIN ${sql}; END;` });

    expect(judge({ call: 'dbo.sp_x' }, [facts])).toMatchObject([
      { id: 'commits-unmarked', severity: 'problem' },
    ]);
    expect(judge({ call: 'dbo.sp_x', commits: true }, [facts])).toEqual([]);
  });

  it('finds the fence’s procedure missing, which npm run migrate makes', () => {
    expect(judgeProcedures([pipelineWith({ call: 'dbo.sp_x' })], [procedureOf()], REPAIRS)).toMatchObject([
      {
        id: 'procedure-missing',
        where: { object: 'elt.sp_fence' },
        repair: expect.stringMatching(/^npm run migrate/),
      },
    ]);
  });

  it('is uncertain of dynamic SQL', () => {
    const facts = procedureOf({ body: "BEGIN EXECUTE 'DROP TABLE ' || t; END;" });

    expect(judge({ call: 'dbo.sp_x' }, [facts])).toMatchObject([
      { id: 'body-not-read', severity: 'uncertain' },
    ]);
  });
});

it('is uncertain of a procedure of which the warehouse does not tell who may call it', () => {
  expect(judge({ call: 'dbo.sp_x' }, [procedureOf({ isCallable: 'unknown' })])).toMatchObject([
    { id: 'grant-unknown', severity: 'uncertain', where: { object: 'dbo.sp_x', user: 'loader' } },
  ]);
});

it('finds NONATOMIC procedures in the files, where a step does not say so', () => {
  const files = [
    'CREATE OR REPLACE PROCEDURE dbo.sp_x(a varchar(10), b integer) NONATOMIC AS $$ BEGIN END; $$ LANGUAGE plpgsql',
    'CREATE PROCEDURE dbo.sp_y() AS $$ BEGIN /* NONATOMIC */ END; $$ LANGUAGE plpgsql',
    'CREATE TABLE dbo.nonatomic (a integer)',
  ];
  const judgeStep = (step: StepDefinition<never>) => judgeNonatomic([pipelineWith(step)], files);

  expect(judgeStep({ call: 'dbo.sp_x' })).toMatchObject([
    { id: 'commits-unmarked', where: { step: 'Load' } },
  ]);
  expect(judgeStep({ call: 'dbo.sp_x', commits: true })).toEqual([]);
  expect(judgeStep({ call: 'dbo.sp_y' })).toEqual([]);
});

it('functions in Python are found by their names, with and without a schema', () => {
  const texts = [
    'SELECT dbo.f_py(a) FROM dbo.x',
    'SELECT f_py(a) FROM dbo.x',
    'SELECT f_sql(a) FROM dbo.x',
  ].map((text) => ({ text, by: 'the check c', where: {} }));

  expect(judgePython(texts, ['dbo.f_py'])).toHaveLength(2);
});

describe('statement_timeout', () => {
  const pipelines = [pipelineWith({ call: 'dbo.sp_x', timeoutSeconds: 60 })];

  it.each([
    ['none', 0, 0],
    ['as long as the step’s', 60_000, 0],
    ['shorter', 59_999, 1],
  ])('%s', (_title, milliseconds, findings) => {
    expect(judgeTimeout(pipelines, milliseconds, 'loader')).toHaveLength(findings);
  });
});
