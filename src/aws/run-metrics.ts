import type { Metrics } from '@aws-lambda-powertools/metrics';

/** Metrics that are written when the invocation ends. */
export interface LoadMetrics {
  addMetric(...metric: Parameters<Metrics['addMetric']>): unknown;
  addMetadata(...metadata: Parameters<Metrics['addMetadata']>): unknown;
}

/** What is measured about a statement that has ended. */
interface EndedStatement {
  readonly complete: boolean;
  readonly attempt: number;
  readonly durationMs?: number | undefined;
  readonly wrongRows?: number | undefined;
}

/**
 * Counts what needs a person in a sweep: nothing is written where there is nothing. Only the overdue load of a pipeline has the
 * pipeline as a dimension; every other metric exists once for a stage.
 */
export function countTrouble(
  watched: Pick<Metrics, 'addMetric' | 'singleMetric'>,
  {
    failed,
    missingCompanions,
    overdue,
  }: Readonly<Record<'failed' | 'missingCompanions' | 'overdue', readonly string[]>>,
): void {
  if (failed.length > 0) watched.addMetric('SweepsFailed', 'Count', failed.length);
  if (missingCompanions.length > 0) watched.addMetric('CompanionsMissing', 'Count', missingCompanions.length);
  for (const pipeline of overdue)
    watched.singleMetric().addDimension('pipeline', pipeline).addMetric('LoadsOverdue', 'Count', 1);
}

/**
 * Measures a load that was found complete: its rows, and the time between its end and the start of the run.
 * @param stagedRows `schema.table=rows`, separated by commas
 */
export function measureLoad(
  metrics: LoadMetrics,
  { stagedRows, endedAt, runStartedAt }: { stagedRows: string; endedAt?: Date; runStartedAt?: Date },
): void {
  const rows = [...stagedRows.matchAll(/=(\d+)/g)].reduce((sum, [, count]) => sum + Number(count), 0);
  metrics.addMetric('StagedRows', 'Count', rows);
  if (endedAt === undefined || runStartedAt === undefined) return;
  metrics.addMetric('DetectionLag', 'Milliseconds', Math.max(0, runStartedAt.getTime() - endedAt.getTime()));
}

/** Measures a submission of a step's statement, and the statement itself if it has ended by then. */
export function measureSubmission(metrics: LoadMetrics, step: string, statement: EndedStatement): void {
  metrics.addMetric('StatementsSubmitted', 'Count', 1);
  measureEnd(metrics, step, statement);
}

/** Measures a look at a step's statement, and the statement itself once it has ended. */
export function measureStatement(metrics: LoadMetrics, step: string, statement: EndedStatement): void {
  metrics.addMetric('StatementChecks', 'Count', 1);
  measureEnd(metrics, step, statement);
}

/** The step is a property, not a dimension. */
function measureEnd(metrics: LoadMetrics, step: string, statement: EndedStatement): void {
  metrics.addMetadata('step', step);
  if (!statement.complete) return;
  metrics.addMetric('StatementAttempts', 'Count', statement.attempt);
  if (statement.durationMs !== undefined)
    metrics.addMetric('StatementDuration', 'Milliseconds', statement.durationMs);
  if (statement.wrongRows !== undefined) metrics.addMetric('WrongRows', 'Count', statement.wrongRows);
}
