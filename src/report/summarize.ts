import type { Report, RunSummary } from './report.ts';

/** The line of a report in a list of runs. */
export function summarizeReport({
  pipeline,
  executionArn,
  name,
  outcome,
  rows,
  timing,
  load,
  redrives,
}: Report): RunSummary {
  const staged = load.tables.flatMap((table) => table.rows ?? []);
  const stepMs = rows.flatMap((row): readonly (readonly [string, number])[] => {
    const { statementMs, alreadyApplied } = row.step ?? {};
    return statementMs === undefined || alreadyApplied ? [] : [[row.name, statementMs]];
  });
  return {
    ...{ pipeline, executionArn, name, outcome, redrives },
    startedAt: rows[0]?.from ?? timing.from,
    ...(outcome.state === 'running' ? {} : { endedAt: timing.to }),
    ...(staged.length === 0 ? {} : { rows: staged.reduce((sum, number) => sum + number, 0) }),
    stepMs: Object.fromEntries(stepMs),
  };
}
