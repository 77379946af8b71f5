import type { PipelineStatus } from '../../report/read/read-runs.ts';
import type { Report } from '../../report/report.ts';
import { describeTime } from '../../report/words.ts';
import { outcomeLine } from './report-lines.ts';
import { wrap } from './wrap.ts';

/** How the pipelines of a stage stand, as lines of text. @param columns characters that a line should have at most */
export function statusLines(pipelines: readonly PipelineStatus[], columns: number): readonly string[] {
  return pipelines.flatMap((status) => [
    status.pipeline,
    ...textsOf(status).flatMap((text) => wrap(text, columns, { first: '  ', rest: '    ' })),
  ]);
}

function textsOf({ isDeployed, held, running, last }: PipelineStatus): readonly string[] {
  if (!isDeployed) return ['– not deployed in this stage'];
  return [
    ...(held === undefined ? [] : [`! held: nothing is started until it is released (${held})`]),
    ...running.map(
      (report) => `${outcomeLine(report)} Since ${describeTime(report.timing.from)}, ${report.name}.`,
    ),
    ...(last === undefined ? [] : [lastRun(last)]),
    ...(last === undefined && running.length === 0 ? ['– no run yet'] : []),
  ];
}

function lastRun(report: Report): string {
  const { trouble, timing, name } = report;
  const error =
    trouble === undefined ? '' : ` ${trouble.error}: ${trouble.cause.split('\n')[0]?.slice(0, 200)}`;
  return `${outcomeLine(report)}${error} Ended ${describeTime(timing.to)}, ${name}.`;
}
