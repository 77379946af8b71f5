import { ELT_SCHEMA, fenceTableName } from '../../names/fence-table.ts';
import { toSqlName } from '../../names/sql-name.ts';
import type { StepStatements } from '../any-step.ts';
import { type Argument, argumentExpression, type RunValue } from './argument.ts';
import type { CallStep } from './definition.ts';

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
export function compileCall(pipeline: string, step: CallStep): StepStatements {
  const calls = compileCalls(step);
  return step.commits ? calls : fenced(fenceTableName(pipeline, step.name), calls, step.consumedBefore);
}

/**
 * The fenced transaction, in which the effect and its record commit together. LOCK comes before the transaction's
 * snapshot, which Redshift takes at the first query. So the fence sees what the previous holder of the lock recorded.
 * The fence raises ELT_DONE, ELT_STALE or ELT_STAGING, or it records the load. Only then the procedures run.
 */
function fenced(
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
      // Redshift cannot convert a text to BOOLEAN. TRUE and FALSE need no parameter.
      if (typeof argument === 'boolean') return String(argument).toUpperCase();
      const name = `arg_${Object.keys(parameters).length + 1}`;
      parameters[name] = parameterValue(argument);
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
