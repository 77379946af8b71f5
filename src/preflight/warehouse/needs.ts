import type { Pipeline } from '../../definition/pipeline.ts';
import { auditTableName, ELT_SCHEMA, fenceTableName, RUNS, STAGED_COLUMNS } from '../../names/elt-tables.ts';
import type { Audit } from '../../steps/audit/definition.ts';
import { findWrongRows } from '../../steps/audit/wrong-rows.ts';
import type { CallStep } from '../../steps/call/definition.ts';
import { readQuery } from '../../steps/check/compile.ts';
import { hasAudits, isFenced, type Step } from '../../steps/step.ts';
import type { Where } from '../finding.ts';
import type { TableRight } from '../sql/reading.ts';
import { readEffects } from '../sql/touched-tables.ts';
import { nestedCalls } from './nested-procedures.ts';
import type { ProcedureFacts, WarehouseUsers } from './warehouse-facts.ts';

/** Rights that somebody needs on a table, and why. */
export interface TableNeed {
  readonly table: string;
  readonly user: string;
  readonly rights: readonly TableRight[];
  /** What touches the table: `the procedure dbo.sp_x`. */
  readonly by: string;
  readonly where: Where;
}

/** A SQL text that a run executes, and what it is. */
export interface UsedText {
  readonly by: string;
  readonly text: string;
  readonly where: Where;
}

/** The procedures that steps call; those of the orchestrator itself are called by each fenced or audited step. */
export function calledProcedures(pipelines: readonly Pipeline[]): readonly string[] {
  const steps = pipelines.flatMap((pipeline) => pipeline.steps);
  const called = steps.flatMap((step) =>
    step.kind === 'call' ? step.calls.map(({ procedure }) => procedure) : [],
  );
  return [...new Set([...called, ...steps.flatMap(ownProcedures)])];
}

/** Of the orchestrator: what they do is known without reading them. */
export function ownProcedures(step: Step): readonly string[] {
  return [
    ...(isFenced(step) ? [`${ELT_SCHEMA}.sp_fence`] : []),
    ...(hasAudits(step) ? [`${ELT_SCHEMA}.sp_audit`] : []),
  ];
}

/** What runtime, DMS and owners of procedures need on tables, for all that pipelines do. */
export function tableNeeds(
  pipelines: readonly Pipeline[],
  users: WarehouseUsers,
  procedures: readonly ProcedureFacts[],
): readonly TableNeed[] {
  return pipelines.flatMap((pipeline) => [
    ...stagedNeeds(pipeline, users),
    ...pipeline.steps.flatMap((step) => stepNeeds(pipeline, step, users.runtime, procedures)),
    ...recordNeeds(pipeline, users.runtime),
  ]);
}

/** What docs/dms-task.md says that DMS needs, and the counting of what it has loaded. */
function stagedNeeds(
  { name: pipeline, stagedTables }: Pipeline,
  { runtime, dms }: WarehouseUsers,
): readonly TableNeed[] {
  return stagedTables.flatMap(({ table, task }): readonly TableNeed[] => {
    const where = { pipeline, ...(task === null ? {} : { task }) };
    return [
      { table, user: dms, rights: ['INSERT', 'TRUNCATE'], by: 'the load of DMS', where },
      {
        table,
        user: runtime,
        rights: ['SELECT'],
        by: 'Verify_Full_Load, which counts the rows',
        where: { pipeline },
      },
    ];
  });
}

function stepNeeds(
  { name: pipeline }: Pipeline,
  step: Step,
  user: string,
  procedures: readonly ProcedureFacts[],
): readonly TableNeed[] {
  const where = { pipeline, step: step.name };
  const own = (table: string, rights: readonly TableRight[], by: string): TableNeed => ({
    ...{ table: `${ELT_SCHEMA}.${table}`, user, rights, by, where },
  });
  return [
    ...usedTexts(pipeline, step).flatMap((used) => needsOfText(used, user)),
    ...(step.kind === 'call' ? step.calls : []).flatMap(({ procedure }) =>
      procedures
        .filter(({ name }) => name === procedure)
        .flatMap((facts) => [
          ...needsOfText(
            { by: `the procedure ${procedure}`, text: facts.body, where },
            facts.definer ?? user,
          ),
          ...nestedNeeds(facts, procedures, where, user),
        ]),
    ),
    ...(isFenced(step)
      ? [
          own(
            fenceTableName(pipeline, step.name),
            ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
            'the fence of the step',
          ),
        ]
      : []),
    ...(hasAudits(step)
      ? [own(auditTableName(pipeline, step.name), ['SELECT', 'INSERT'], 'the audits of the step')]
      : []),
  ];
}

/** What the procedures need that a procedure calls, as far as it is certain which they are. */
function nestedNeeds(
  procedure: ProcedureFacts,
  all: readonly ProcedureFacts[],
  where: Where,
  user: string,
): readonly TableNeed[] {
  return nestedCalls(procedure, all).flatMap(({ name, caller, asOwner = user, found }) => {
    const [only, ...more] = found;
    if (only === undefined || more.length > 0) return [];
    const by = `the procedure ${name}, which ${caller} calls`;
    return needsOfText({ by, text: only.body, where }, only.definer ?? asOwner);
  });
}

/** Queries of sql/checks and of audits. */
export function usedTexts(pipeline: string, step: Step): readonly UsedText[] {
  const where = { pipeline, step: step.name };
  if (step.kind === 'check')
    return [
      { by: `the check ${step.check}`, text: readQuery(`steps.${step.name}.check`, step.check).query, where },
    ];
  return (step as CallStep).audits.map((audit, index) => ({
    ...{ by: `the audit "${audit.name}"`, where },
    text: auditText(audit, `steps.${step.name}.audit.${index}`),
  }));
}

function auditText(audit: Audit, field: string): string {
  return audit.kind === 'rows'
    ? `SELECT count(*) FROM "${audit.table.replace('.', '"."')}"`
    : findWrongRows(field, audit, 'a').sql;
}

function needsOfText({ by, text, where }: UsedText, user: string): readonly TableNeed[] {
  return [...readEffects(text).tables].map(([table, rights]) => ({
    table,
    user,
    rights: [...rights],
    by,
    where,
  }));
}

/** The record of published runs, and the columns that migrate has noted. */
function recordNeeds({ name: pipeline, stagedTables }: Pipeline, user: string): readonly TableNeed[] {
  const where = { pipeline };
  const areNoted = stagedTables.some(({ columns }) => columns === null);
  return [
    { table: `${ELT_SCHEMA}.${RUNS}`, user, rights: ['SELECT', 'INSERT'], by: 'the record of runs', where },
    ...(areNoted
      ? [
          {
            ...{ table: `${ELT_SCHEMA}.${STAGED_COLUMNS}`, user, rights: ['SELECT'] as const },
            ...{ by: 'Verify_Full_Load, which compares columns', where },
          },
        ]
      : []),
  ];
}
