import { ELT_SCHEMA, fenceTableName } from '../../names/elt-tables.ts';
import { toSqlName } from '../../names/sql-name.ts';
import type { StepStatements } from '../any-step.ts';
import { type AuditStatements, compileAudits } from '../audit/compile.ts';
import type { ShownAudit } from '../audit/judge.ts';
import { type Argument, argumentExpression, type RunValue } from './argument.ts';
import type { CallStep } from './definition.ts';
import type { StepMember } from './members.ts';

/** Where a state finds the values of the run: in its input and context. */
const RUN_VALUES: Readonly<Record<RunValue, string>> = {
  pipeline: '{% $states.input.pipeline %}',
  loadId: '{% $states.input.load.id %}',
  loadTime: '{% $states.input.load.startedAt %}',
  run: '{% $states.context.Execution.Name %}',
  task: '{% $states.input.load.tasks[0].identifier %}',
};

/**
 * Compiles the calls of a step, after the fence and in one transaction with it. A procedure that commits by itself
 * gets no fence.
 */
export function compileCall(pipeline: string, step: CallStep): CallStatements {
  const calls = compileCalls(step);
  if (step.commits) return calls;
  const fenced = fence(fenceTableName(pipeline, step.name), calls, step.consumedBefore);
  const audits = step.audits.length === 0 ? undefined : compileAudits(pipeline, step, fenced.sqls.length);
  const firstCall = fenced.sqls.length - calls.sqls.length + 1;
  return {
    sqls: [...fenced.sqls, ...(audits?.sqls ?? [])],
    parameters: { ...fenced.parameters, ...audits?.parameters },
    ...(step.members && { members: memberStatements(step.members, firstCall, audits?.numbers ?? []) }),
    ...(audits && audits.shown.length > 0 ? { shownAudits: audits.shown } : {}),
  };
}

/** What a call submits, and what is needed to tell of its audits. */
export interface CallStatements extends StepStatements {
  readonly shownAudits?: readonly ShownAudit[];
  readonly members?: readonly StepMember[];
}

/** Which of a group's statements are whose: calls of all members, then their audits. */
function memberStatements(
  members: NonNullable<CallStep['members']>,
  firstCall: number,
  auditNumbers: AuditStatements['numbers'],
): readonly StepMember[] {
  let call = firstCall;
  let audit = 0;
  return members.map(({ name, calls, audits }) => {
    const ownCalls = Array.from({ length: calls }, (_, index) => call + index);
    const ownAudits = auditNumbers.slice(audit, audit + audits).flat();
    call += calls;
    audit += audits;
    return { name, statements: [...ownCalls, ...ownAudits] };
  });
}

/**
 * The fenced transaction, in which the effect and its record commit together. LOCK comes before the transaction's
 * snapshot, which Redshift takes at the first query. So the fence sees what the previous holder of the lock recorded.
 * The fence raises ELT_DONE, ELT_STALE or ELT_STAGING, or it records the load. Only then the procedures run.
 */
function fence(
  table: string,
  { sqls, parameters }: StepStatements,
  consumedBefore: readonly string[],
): StepStatements {
  return {
    sqls: [
      `LOCK ${ELT_SCHEMA}.${table}`,
      `CALL ${ELT_SCHEMA}.sp_fence(:fence_table, :load_id, :load_started_at, :staged_rows, :execution)`,
      ...sqls,
    ],
    parameters: {
      fence_table: table,
      load_id: RUN_VALUES.loadId,
      load_started_at: RUN_VALUES.loadTime,
      staged_rows: stagedRows(consumedBefore),
      execution: '{% $states.context.Execution.Id %}',
      ...parameters,
    },
  };
}

/**
 * The list of rows that the fence counts again, without the tables that earlier steps have consumed. The Data API
 * accepts no empty value, so an empty list is `none`.
 */
function stagedRows(consumedBefore: readonly string[]): string {
  if (consumedBefore.length === 0) return '{% $states.input.stagedRows %}';
  const tables = consumedBefore.map((table) => `'${table}'`).join(', ');
  const isLeft = `function($entry) { $not($substringBefore($entry, '=') in [${tables}]) }`;
  const left = `$filter($split($states.input.stagedRows, ','), ${isLeft})`;
  return `{% ($left := ${left}; $exists($left) ? $join($left, ',') : 'none') %}`;
}

function compileCalls({ calls }: CallStep): StepStatements {
  const parameters: Record<string, string> = {};
  const sqls = calls.map(({ procedure, args }) => {
    const values = args.map((argument) => {
      const name = `arg_${Object.keys(parameters).length + 1}`;
      if (typeof argument !== 'boolean') parameters[name] = parameterValue(argument);
      return argumentExpression(argument, `:${name}`);
    });
    return `CALL ${toSqlName(procedure)}(${values.join(', ')})`;
  });
  return { sqls, parameters };
}

function parameterValue(argument: Exclude<Argument, boolean>): string {
  if (typeof argument !== 'object') return String(argument);
  return 'run' in argument ? RUN_VALUES[argument.run] : String(argument.value);
}
