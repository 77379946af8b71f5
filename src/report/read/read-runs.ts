import { readHold } from '../../executions/hold.ts';
import { type ListedExecution, listExecutions } from '../../executions/list-executions.ts';
import { listMachines } from '../../executions/list-machines.ts';
import type { Report } from '../report.ts';
import { type ReportSources, readReport } from './read-report.ts';

/** How a pipeline stands in a stage. */
export interface PipelineStatus {
  readonly pipeline: string;
  /** Whether its state machine is in the stage; nothing else is known where it is not. */
  readonly isDeployed: boolean;
  /** Why nothing is started for it; absent if it is not held. */
  readonly held?: string;
  /** Runs that are alive, and those that wait for their turn. */
  readonly running: readonly Report[];
  /** The last run that has ended; absent before the first. */
  readonly last?: Report;
}

/**
 * How each pipeline stands in a stage.
 * @throws ServiceUnavailable when Step Functions does not answer, InvalidConfig when it refuses
 */
export async function readPipelineStatuses(
  sources: ReportSources,
  stage: string,
): Promise<readonly PipelineStatus[]> {
  const machines = await listMachines(sources.sfn);
  return Promise.all(
    sources.pipelines.map(async ({ name: pipeline }): Promise<PipelineStatus> => {
      const machine = machines.get(`${pipeline}-${stage}`);
      if (machine === undefined) return { pipeline, isDeployed: false, running: [] };
      const [held, executions] = await Promise.all([
        readHold(sources.sfn, machine),
        newestExecutions(sources, machine),
      ]);
      const reports = await Promise.all(executions.map(({ arn }) => readReport(sources, arn)));
      const last = reports.find(({ outcome }) => outcome.state !== 'running');
      return {
        ...{ pipeline, isDeployed: true },
        ...(held === undefined ? {} : { held }),
        running: reports.filter(({ outcome }) => outcome.state === 'running'),
        ...(last === undefined ? {} : { last }),
      };
    }),
  );
}

/** The executions up to the newest one that has ended. */
async function newestExecutions(
  { sfn }: ReportSources,
  machine: string,
): Promise<readonly ListedExecution[]> {
  const newest: ListedExecution[] = [];
  for await (const execution of listExecutions(sfn, machine)) {
    newest.push(execution);
    if (execution.status !== 'RUNNING') break;
  }
  return newest;
}

/**
 * Executions of a pipeline in a stage that were started or redriven since a moment, newest first; none where it is not deployed.
 * @throws ServiceUnavailable when Step Functions does not answer, InvalidConfig when it refuses
 */
export async function* executionsSince(
  { sfn }: Pick<ReportSources, 'sfn'>,
  machineName: string,
  since: number,
): AsyncGenerator<ListedExecution> {
  const machine = (await listMachines(sfn)).get(machineName);
  if (machine === undefined) return;
  for await (const execution of listExecutions(sfn, machine)) {
    // The list is sorted by start, and an old run may have been redriven.
    if (execution.since.getTime() >= since) yield execution;
  }
}
