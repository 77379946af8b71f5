import { systemClock } from '../../clock.ts';
import type { Pipeline } from '../../definition/pipeline.ts';
import { InvalidConfig } from '../../errors/errors.ts';
import { listExecutions } from '../../executions/list-executions.ts';
import { listMachines } from '../../executions/list-machines.ts';
import { pipelines } from '../../pipelines/index.ts';
import { type ReportSources, readReport } from '../../report/read/read-report.ts';
import type { Report } from '../../report/report.ts';
import { pipelineByName } from '../pipeline-by-name.ts';
import { readableColumns } from '../screen/readable-columns.ts';
import { outcomeLine, reportLines } from '../screen/report-lines.ts';
import { printableLines } from '../screen/text/printable.ts';
import { askStage } from '../stage/ask-stage.ts';
import { findStage, type StageFlags } from '../stage/stage-place.ts';
import { REPORTS_FOLDER, savePage } from './save-report.ts';
import { writeFileAt } from './write-file.ts';
import { writeSite } from './write-site.ts';

export type ReportFormat = 'html' | 'text' | 'json';

export interface ReportFlags extends StageFlags {
  readonly executionArn?: string;
  readonly pipeline?: string;
  readonly format: ReportFormat;
  readonly out?: string;
  readonly days?: number;
}

/**
 * Writes the report of a run, or pages on all runs of some days.
 * @throws InvalidConfig for a run that is not there, or a file that cannot be written; ServiceUnavailable when AWS does not answer
 */
export async function writeReports(flags: ReportFlags): Promise<void> {
  const place = await findStage(flags, flags.executionArn);
  const chosen = flags.pipeline === undefined ? pipelines : [await pipelineByName(flags.pipeline)];
  await askStage(place, async ({ sfn, api }) => {
    const sources: ReportSources = { sfn, api, pipelines, clock: systemClock };
    if (flags.days !== undefined) {
      const { out = REPORTS_FOLDER, days } = flags;
      await writeSite({ sources, stage: place.stage, chosen, days, folder: out });
      return;
    }
    const executionArn = flags.executionArn ?? (await findLastRun(sources, place.stage, chosen));
    await writeReport(await readReport(sources, executionArn), flags);
  });
}

/** The run that was started last. @throws InvalidConfig where there is none */
async function findLastRun(
  { sfn }: ReportSources,
  stage: string,
  chosen: readonly Pipeline[],
): Promise<string> {
  const machines = await listMachines(sfn);
  const newest = await Promise.all(
    chosen.map(async ({ name }) => {
      const machine = machines.get(`${name}-${stage}`);
      if (machine === undefined) return [];
      const { value } = await listExecutions(sfn, machine).next();
      return value === undefined ? [] : [value];
    }),
  );
  const [last] = newest.flat().toSorted((a, b) => b.since.getTime() - a.since.getTime());
  if (last !== undefined) return last.arn;
  const names = chosen.map(({ name }) => name).join(', ');
  throw new InvalidConfig(`there is no run yet in stage ${stage} of ${names}`);
}

/** HTML goes to a file, because nobody reads it in a terminal. */
async function writeReport(
  report: Report,
  { format, out }: Pick<ReportFlags, 'format' | 'out'>,
): Promise<void> {
  if (format === 'html') return tellPath(report, await savePage(report, out));
  const text = renderText(format, report);
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  await writeFileAt(out, text);
  tellPath(report, out);
}

function tellPath(report: Report, path: string): void {
  process.stdout.write(`${outcomeLine(report)}\nreport: ${path}\n`);
}

function renderText(format: 'text' | 'json', report: Report): string {
  if (format === 'json') return `${JSON.stringify(report, undefined, 2)}\n`;
  return `${printableLines(reportLines(report, readableColumns(process.stdout)).join('\n'))}\n`;
}
