import { listExecutions } from '../../executions/list-executions.ts';
import { localMachineArn } from '../../local-stage/local-stage.ts';
import { newestFirst } from '../../report/html/run-list.ts';
import { readReport } from '../../report/read/read-report.ts';
import type { Report, RunSummary } from '../../report/report.ts';
import { summarizeReport } from '../../report/summarize.ts';
import type { ShownStack } from '../shown-stack.ts';

/** Runs that the list shows of a pipeline. */
const LISTED = 50;

/** The reports of the stack's runs. What has not changed is not read again. */
export interface Reports {
  /** The report of a run. @throws InvalidConfig where there is no such run */
  of(executionArn: string): Promise<Report>;
  /** The newest runs of a pipeline, as lists show them, the newest first. */
  list(pipeline: string): Promise<readonly RunSummary[]>;
  /** Forgets what is known of a run: its history has gone on. */
  forget(executionArn: string): void;
}

/** @see Reports */
export function createReports(shown: ShownStack): Reports {
  const ended = new Map<string, Report>();
  let forgotten = 0;
  const of = async (executionArn: string): Promise<Report> => {
    const known = ended.get(executionArn);
    if (known !== undefined) return known;
    const before = forgotten;
    const report = await readReport(shown, executionArn);
    // Meanwhile it may have been redriven.
    if (report.outcome.state !== 'running' && forgotten === before) ended.set(executionArn, report);
    return report;
  };
  return {
    of,
    list: async (pipeline) => {
      const reports = await Promise.all((await newestRuns(shown, pipeline)).map(of));
      return newestFirst(reports.map(summarizeReport));
    },
    forget: (executionArn) => {
      forgotten += 1;
      ended.delete(executionArn);
    },
  };
}

async function newestRuns({ sfn }: ShownStack, pipeline: string): Promise<readonly string[]> {
  const arns: string[] = [];
  for await (const { arn } of listExecutions(sfn, localMachineArn(pipeline))) {
    arns.push(arn);
    if (arns.length === LISTED) break;
  }
  return arns;
}
