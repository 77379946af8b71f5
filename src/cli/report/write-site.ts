import { hash } from 'node:crypto';
import { join } from 'node:path';
import { arnName, machineOfExecution } from '../../arn.ts';
import { machineName } from '../../compile/stage/stage-names.ts';
import { count } from '../../count.ts';
import type { Pipeline } from '../../definition/pipeline.ts';
import { renderPipeline } from '../../report/html/pipeline-page.ts';
import { type PageLinks, renderIndex } from '../../report/html/run-list.ts';
import { renderReport } from '../../report/html/run-page.ts';
import { readRecordedRuns } from '../../report/read/read-recorded-runs.ts';
import { type ReportSources, readReport } from '../../report/read/read-report.ts';
import { executionsSince } from '../../report/read/read-runs.ts';
import { readTargetOf } from '../../report/read/read-target.ts';
import { collectUnknown } from '../../report/read/unknown.ts';
import type { RunSummary } from '../../report/report.ts';
import { summarizeReport } from '../../report/summarize.ts';
import { createProgressDisplay, type ProgressDisplay } from '../screen/list/progress-display.ts';
import { readStageTarget } from '../stage/stage-target.ts';
import { writeFileAt } from './write-file.ts';

/** Which runs the pages are about, and where they go. */
export interface Site {
  readonly sources: ReportSources;
  readonly stage: string;
  readonly chosen: readonly Pipeline[];
  readonly days: number;
  readonly folder: string;
}

const DAY_MS = 24 * 3_600_000;

/**
 * Writes a folder of pages: a list of runs, a page a run, a page a pipeline. Runs that only the warehouse remembers stand in the
 * lists and have no page of their own.
 * @throws InvalidConfig for a file that cannot be written; ServiceUnavailable when AWS does not answer
 */
export async function writeSite(site: Site): Promise<void> {
  const display = createProgressDisplay(process.stdout, () => performance.now());
  try {
    const pipelines = [];
    for (const pipeline of site.chosen) pipelines.push(await writeRuns(site, pipeline, display));
    await writeLists(site, pipelines);
    const runs = count(pipelines.flatMap((pipeline) => pipeline.runs).length, 'run');
    display.line(`✓ ${runs}: ${join(site.folder, 'index.html')}`);
  } finally {
    display.close();
  }
}

/** A pipeline's runs, and which of them have a page. */
interface PipelineRuns {
  readonly pipeline: string;
  readonly runs: readonly RunSummary[];
  readonly withPage: ReadonlySet<string>;
}

/** Writes the pages of a pipeline's runs. */
async function writeRuns(site: Site, pipeline: Pipeline, display: ProgressDisplay): Promise<PipelineRuns> {
  const { sources, stage, days, folder } = site;
  const since = sources.clock.now() - days * DAY_MS;
  const what = `runs of ${pipeline.name}`;
  display.begin(what);
  const written = new Map<string, RunSummary>();
  for await (const { arn } of executionsSince(sources, machineName({ stage }, pipeline.name), since)) {
    const report = await readReport(sources, arn);
    const links = { index: '../index.html', pipeline: `../${pipelinePath(pipeline.name)}` };
    await writeFileAt(join(folder, runPath(arn)), renderReport(report, links));
    written.set(arn, summarizeReport(report));
  }
  const [newest] = written.keys();
  const { unknown, orElse } = collectUnknown();
  const recorded = await orElse('The record of runs in the warehouse could not be read', [], async () => {
    const target =
      newest === undefined ? await readStageTarget(stage) : await readTargetOf(sources.sfn, newest);
    return target === undefined ? [] : readRecordedRuns({ ...sources, target }, stage, since);
  });
  const older = recorded.filter((run) => run.pipeline === pipeline.name && !written.has(run.executionArn));
  display.end(what, `${written.size} in Step Functions, ${older.length} more in the warehouse’s record`);
  for (const sentence of unknown) display.sentence(`! ${sentence}`);
  return {
    pipeline: pipeline.name,
    runs: [...written.values(), ...older],
    withPage: new Set(written.keys()),
  };
}

/** The pages that lead to the runs. */
async function writeLists({ stage, folder }: Site, pipelines: readonly PipelineRuns[]): Promise<void> {
  const all = pipelines.flatMap(({ runs }) => runs);
  const withPage = new Set(pipelines.flatMap((pipeline) => [...pipeline.withPage]));
  await writeFileAt(
    join(folder, 'index.html'),
    renderIndex(`Runs of stage ${stage}`, all, linksFrom('', withPage)),
  );
  for (const { pipeline, runs } of pipelines)
    await writeFileAt(
      join(folder, pipelinePath(pipeline)),
      renderPipeline(pipeline, runs, linksFrom('../', withPage)),
    );
}

/** Addresses of the pages, from a page that stands so far from the root of the folder. */
function linksFrom(root: string, withPage: ReadonlySet<string>): PageLinks {
  return {
    index: `${root}index.html`,
    run: (arn) => (withPage.has(arn) ? `${root}${runPath(arn)}` : undefined),
    pipeline: (name) => `${root}${pipelinePath(name)}`,
  };
}

const pipelinePath = (pipeline: string) => `pipelines/${pipeline}.html`;

/** Step Functions takes names that a file system, or a link, does not. */
function runPath(executionArn: string): string {
  const name = `${machineOfExecution(executionArn)}-${arnName(executionArn)}`;
  const plain = name.replaceAll(/[^\w-]/g, '_');
  return `runs/${plain === name ? name : `${plain}-${hash('sha256', name).slice(0, 8)}`}.html`;
}
