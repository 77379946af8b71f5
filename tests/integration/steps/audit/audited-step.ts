import { readFileSync } from 'node:fs';
import { systemClock } from '../../../../src/clock.ts';
import { readRows } from '../../../../src/data-api/result.ts';
import { definePipeline } from '../../../../src/definition/define-pipeline.ts';
import type { Pipeline, PipelineDefinition } from '../../../../src/definition/pipeline.ts';
import { ownTableMigrations } from '../../../../src/migrations/own-tables.ts';
import { splitSql } from '../../../../src/sql-text.ts';
import { followStatement } from '../../../../src/statements/follow.ts';
import { startStatement } from '../../../../src/statements/start.ts';
import { StepRequestSchema } from '../../../../src/statements/step-request.ts';
import type { AuditDefinition } from '../../../../src/steps/audit/definition.ts';
import { compileStep } from '../../../../src/steps/compile-step.ts';
import { type LocalRedshift, startLocalRedshift } from '../../../fixtures/local-redshift.ts';
import { openGuard, stepRequest } from '../../../fixtures/step-request.ts';

const procedure = (name: string) =>
  splitSql(readFileSync(new URL(`../../../../sql/migrations/${name}.sql`, import.meta.url), 'utf8'));

type CompileStep = typeof compileStep;

/** A warehouse with one audited step at a time, which is run as the functions run it. */
export interface AuditedWarehouse {
  readonly redshift: LocalRedshift;
  run(...sqls: readonly string[]): Promise<void>;
  rows(sql: string): Promise<readonly (readonly unknown[])[]>;
  /**
   * Runs the step for a load. Its procedure `mart.sp_load` must be there.
   * @returns the step's record
   * @throws the step's typed error
   */
  load(
    audit: readonly AuditDefinition[],
    load: number,
    compile?: CompileStep,
  ): ReturnType<typeof followStatement>;
  /** The same for steps that are published together. */
  publish(steps: PipelineDefinition['steps'], load: number): ReturnType<typeof followStatement>;
  /** What the audits of a load have left: name, wrong rows, rows, rows before. */
  findings(load: number): Promise<readonly (readonly unknown[])[]>;
}

/** The start of a load, by its number. */
export const startOf = (load: number) => `2026-11-${String(load).padStart(2, '0')}T01:00:00.000Z`;

const define = (name: string, steps: PipelineDefinition['steps']) =>
  definePipeline({ name, tasks: ['a-task'], stagedTables: ['mart.stg'], publish: 'together', steps });
const single = (audit: readonly AuditDefinition[]) =>
  define('load-mart', { Load: { call: 'mart.sp_load', audit } });

/** Whatever the steps are, they have these tables: of the step Load, and of the group. */
const OWNERS = [
  single([{ rows: 'mart.stg', min: 0 }]),
  define('publish-mart', {
    First: { call: 'mart.sp_load', audit: [{ rows: 'mart.stg', min: 0 }] },
    Second: { call: 'mart.sp_load' },
  }),
];

export async function startAuditedWarehouse(): Promise<AuditedWarehouse> {
  const redshift = await startLocalRedshift();
  const run = async (...sqls: readonly string[]) => {
    for (const sql of sqls) {
      const { Status, Error: error } = await redshift.run(sql);
      if (Status !== 'FINISHED') throw new Error(`${sql}: ${error}`);
    }
  };
  const rows = async (sql: string) => readRows(redshift.client, (await redshift.run(sql)).Id ?? '');
  await run('CREATE SCHEMA elt', 'CREATE SCHEMA mart', 'CREATE TABLE mart.stg (x integer)');
  await run(...procedure('R__procedure_fence'), ...procedure('R__procedure_audit'));
  const own = ownTableMigrations(OWNERS, 'runtime');
  await run(...own.flatMap(({ statements }) => statements.map(({ text }) => text)));
  let runs = 0;

  const runStep = async (pipeline: Pipeline, load: number, compile: CompileStep) => {
    runs += 1;
    const [step] = pipeline.steps;
    if (step === undefined) throw new Error('the pipeline has a step');
    const compiled = compile(pipeline.name, step);
    const execution = { ...stepRequest.execution, arn: `arn:run-${runs}`, name: `run-${runs}` };
    const request = StepRequestSchema.parse({
      ...{ ...stepRequest, ...compiled },
      ...{ pipeline: pipeline.name, step: step.name, execution },
      parameters: {
        ...compiled.parameters,
        load_id: `load-${load}`,
        load_started_at: startOf(load),
        staged_rows: 'mart.stg=0',
        execution: execution.arn,
      },
      stateEnteredAt: new Date().toISOString(),
      target: { clusterIdentifier: 'redshiftcluster-abcd', database: 'dev', dbUser: 'owner' },
    });
    const context = {
      api: redshift.client,
      clock: systemClock,
      random: Math.random,
      remainingMs: () => 60_000,
      guard: openGuard,
    };
    const statement = await startStatement(context, request);
    return followStatement(context, { ...request, statement });
  };

  return {
    redshift,
    run,
    rows,
    load: (audit, load, compile = compileStep) => runStep(single(audit), load, compile),
    publish: (steps, load) => runStep(define('publish-mart', steps), load, compileStep),
    findings: (load) =>
      rows(
        `SELECT audit, wrong_rows, counted_rows, counted_before FROM elt.audits WHERE load_id = 'load-${load}' ORDER BY audit`,
      ),
  };
}
