import { systemClock } from '../../clock.ts';
import type { Pipeline } from '../../definition/pipeline.ts';
import { InvalidConfig } from '../../errors/errors.ts';
import { listExecutions } from '../../executions/list-executions.ts';
import { listMachines } from '../../executions/list-machines.ts';
import { pipelines } from '../../pipelines/index.ts';
import { renderReport } from '../../report/html/run-page.ts';
import { type ReportSources, readReport } from '../../report/read/read-report.ts';
import type { Report } from '../../report/report.ts';
import { pipelineByName } from '../pipeline-by-name.ts';
import { readableColumns } from '../screen/readable-columns.ts';
import { outcomeLine, reportLines } from '../screen/report-lines.ts';
import { askStage } from '../stage/ask-stage.ts';
import { findStage, type StageFlags } from '../stage/stage-place.ts';
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

/** Where reports go, if nothing else is said; git does not see it. */
const FOLDER = 'reports';

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
      const { out = FOLDER, days } = flags;
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
  const text = renderAs(format, report);
  if (out === undefined && format !== 'html') {
    process.stdout.write(text);
    return;
  }
  const path = await saveReport(text, report, out);
  process.stdout.write(`${outcomeLine(report)}\nreport: ${path}\n`);
}

/** Saves a report as text of any format. @param out path; by default a file of its own in reports/ @returns the path */
async function saveReport(text: string, { name }: Pick<Report, 'name'>, out?: string): Promise<string> {
  const path = out ?? `${FOLDER}/${name.replaceAll(/[^\w.-]/g, '_')}.html`;
  await writeFileAt(path, text);
  return path;
}

/** Saves the page of a run in reports/. @returns the path */
export function savePage(report: Report): Promise<string> {
  return saveReport(renderReport(report), report);
}

function renderAs(format: ReportFormat, report: Report): string {
  switch (format) {
    case 'html':
      return renderReport(report);
    case 'json':
      return `${JSON.stringify(report, undefined, 2)}\n`;
    case 'text':
      return `${reportLines(report, readableColumns(process.stdout)).join('\n')}\n`;
  }
}
