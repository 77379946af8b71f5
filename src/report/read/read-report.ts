import { arnName, machineOfExecution, parseArn } from '../../arn.ts';
import { awsErrorName } from '../../aws-errors/transient-error.ts';
import type { Clock } from '../../clock.ts';
import type { DataApi } from '../../data-api/describe.ts';
import type { Pipeline } from '../../definition/pipeline.ts';
import { type RepairFacts, UNKNOWN_FACTS } from '../../errors/commands.ts';
import { InvalidConfig } from '../../errors/errors.ts';
import { readExecutionArn } from '../../executions/execution-arn.ts';
import { NO_EXECUTION, readHistory } from '../../executions/read-history.ts';
import type { StepFunctions } from '../../executions/start-execution.ts';
import type { HistoryEvent } from '../../run-history/history-event.ts';
import { readRun } from '../../run-history/read-run.ts';
import type { Run } from '../../run-history/run.ts';
import { readRunName } from '../../runs/run-name.ts';
import { buildReport } from '../build-report.ts';
import { readLoad } from '../read-load.ts';
import type { Report } from '../report.ts';
import { describeUnfinished } from './describe-unfinished.ts';
import { readDurationsBefore } from './read-durations.ts';
import { effectiveStatements, readWrittenRows } from './read-written-rows.ts';
import { collectUnknown } from './unknown.ts';

/** What reports are read from. */
export interface ReportSources {
  readonly sfn: StepFunctions;
  readonly api: DataApi;
  /** Those of the working tree. */
  readonly pipelines: readonly Pipeline[];
  readonly clock: Clock;
}

const LOCAL_ACCOUNT = '000000000000';

/**
 * Reads everything that is known of a run. Only the history must be there; what else cannot be read is named in the report.
 * @throws InvalidConfig for what is no execution of a pipeline of this tree, or is gone; ServiceUnavailable when Step Functions
 * does not answer
 */
export async function readReport(sources: ReportSources, executionArn: string): Promise<Report> {
  const pipeline = pipelineOfExecution(sources.pipelines, executionArn);
  const events: readonly HistoryEvent[] = await historyOf(sources.sfn, executionArn);
  return completeReport(sources, { pipeline, executionArn, events });
}

/** A run, and its history. */
interface ReadRun {
  readonly pipeline: Pipeline;
  readonly executionArn: string;
  readonly events: readonly HistoryEvent[];
}

/** Makes the report of a run whose history is at hand. */
async function completeReport(
  { sfn, api, clock }: ReportSources,
  { pipeline, executionArn, events }: ReadRun,
): Promise<Report> {
  const now = clock.now();
  const run = readRun(pipeline, events);
  const { unknown, orElse } = collectUnknown();
  const { load, target } = readLoad(pipeline, events, run);
  const [statements, before, written] = await Promise.all([
    orElse('The Data API did not say how the last statements went', new Map(), () =>
      describeUnfinished(api, run, now),
    ),
    orElse('Runs before this one could not be read', new Map(), () =>
      readDurationsBefore(sfn, executionArn, run.startedAt ?? now),
    ),
    orElse('The warehouse did not say how many rows the steps wrote', new Map(), async () =>
      target === undefined || isForgotten(run, now)
        ? new Map()
        : readWrittenRows({ api, target, clock }, effectiveStatements(run)),
    ),
  ]);
  const { link } = readExecutionArn(executionArn);
  const repair = repairFactsOf(pipeline, executionArn, load.tasks);
  return buildReport({
    ...{ pipeline, repair, events, now, statements, before, written, unknown },
    ...(isLocal(executionArn) ? {} : { link }),
  });
}

/** Redshift keeps its record of statements for seven days. */
const RECORD_MS = 7 * 24 * 3_600_000;

function isForgotten({ endedAt }: Run, now: number): boolean {
  return endedAt !== undefined && now - endedAt > RECORD_MS;
}

async function historyOf(sfn: StepFunctions, executionArn: string) {
  try {
    return await readHistory(sfn, executionArn);
  } catch (error) {
    if (awsErrorName(error) !== NO_EXECUTION) throw error;
    throw new InvalidConfig(
      `there is no execution ${executionArn}. Step Functions keeps an execution for 90 days after its end; the local AWS keeps it until it is stopped`,
      { cause: error },
    );
  }
}

/** The pipeline of an execution's state machine: its name is the pipeline's with the stage behind it. @throws InvalidConfig */
function pipelineOfExecution(pipelines: readonly Pipeline[], executionArn: string): Pipeline {
  const machine = machineOfExecution(executionArn);
  if (machine === '')
    throw new InvalidConfig(
      `"${executionArn}" is not the ARN of an execution: arn:aws:states:REGION:ACCOUNT:execution:MACHINE:NAME`,
    );
  const [pipeline] = pipelines
    .filter(({ name }) => machine.startsWith(`${name}-`))
    .toSorted((a, b) => b.name.length - a.name.length);
  if (pipeline !== undefined) return pipeline;
  const names = pipelines.map(({ name }) => name).join(', ');
  throw new InvalidConfig(`${machine} is not the state machine of a pipeline of this tree: ${names}`);
}

function repairFactsOf(
  pipeline: Pipeline,
  executionArn: string,
  tasks: readonly { readonly arn: string }[],
): RepairFacts {
  const { region = '' } = parseArn(executionArn) ?? {};
  const stage = machineOfExecution(executionArn).slice(pipeline.name.length + 1);
  const { rerun, continue: next } = readRunName(arnName(executionArn));
  return {
    ...{ executionArn, region, stage, pipeline: pipeline.name, rerun, continue: next },
    startFunction: isLocal(executionArn)
      ? 'start-run'
      : UNKNOWN_FACTS.startFunction.replace(UNKNOWN_FACTS.stage, stage),
    taskArns: tasks.map(({ arn }) => arn),
  };
}

function isLocal(executionArn: string): boolean {
  return parseArn(executionArn)?.account === LOCAL_ACCOUNT;
}
