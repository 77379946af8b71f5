import { definePipeline } from '../../definition/define-pipeline.ts';
import type { Pipeline } from '../../definition/pipeline.ts';
import { listStates } from '../machine/asl.ts';
import { compileStateMachine } from '../machine/state-machine.ts';
import { createStage } from '../stage/stage.ts';
import { readStageParameters } from '../stage/stage-parameters.ts';
import { compileAlarms } from '../template/alarms.ts';
import { PRICES } from './price-table.ts';

/** What is billed, in US dollars a month. */
export interface MonthlyCost {
  readonly stepFunctions: number;
  readonly lambda: number;
  readonly alarms: number;
  readonly metrics: number;
  readonly logsAndTraces: number;
  /** A message for each run: an e-mail, and one to a chat channel, which is free besides. */
  readonly messages: number;
  readonly total: number;
}

/** The pipelines that the costs are computed for: how many steps, how long each, how often. */
const ASSUMED = { steps: 10, stepSeconds: 60, runsPerMonth: 30 } as const;

/** What a stage consists of, as far as it is billed. */
export interface StageSize {
  /** States that a run enters, and steps, of each state machine. */
  readonly pipelines: readonly { readonly states: number; readonly steps: number }[];
  /** Metrics that alarms look at: each is billed. */
  readonly alarmMetrics: number;
  /** Whether the functions write metrics that no alarm looks at. */
  readonly detailedMetrics: boolean;
}

/** Memory of every function, as serverless.yml deploys it. */
export const FUNCTION_MEMORY_MB = 128;
const MEMORY_GB = FUNCTION_MEMORY_MB / 1_024;
/** Seconds that a function takes besides waiting for statements. */
const CALL_SECONDS = 0.5;
const SUBMIT_SECONDS = 1.5;
/** Function calls of a run outside its steps: start-run, take-turn, verify-load twice, notify-outcome. */
const RUN_CALLS = 5;
const SWEEPS_PER_MONTH = 4 * 24 * 30;
const SWEEP_SECONDS_PER_PIPELINE = 0.2;
/** Written by functions and machine, per state of a run. */
const LOG_BYTES_PER_STATE = 6_000;
const BYTES_PER_GB = 1_000_000_000;

/**
 * Names of the metrics that no alarm looks at. A stage with `detailedMetrics` has each once, whatever its pipelines. A test compares
 * them with those that the functions write.
 */
export const DETAILED_METRICS = [
  'DetectionLag',
  'Errors',
  'LoadsVerified',
  'NotificationsPublished',
  'RunsNotStarted',
  'RunsPublished',
  'RunsStarted',
  'RunsSwept',
  'StagedRows',
  'StatementAttempts',
  'StatementChecks',
  'StatementDuration',
  'StatementsReaped',
  'StatementsStopped',
  'StatementsSubmitted',
  'TurnsAsked',
  'WrongRows',
] as const;

/** What a stage costs, without DMS and Redshift, if every pipeline runs as often and every step takes as long as is assumed. */
export function costOfStage({ pipelines, alarmMetrics, detailedMetrics }: StageSize): MonthlyCost {
  const count = pipelines.length;
  const runs = count * ASSUMED.runsPerMonth;
  const transitions = ASSUMED.runsPerMonth * sum(pipelines.map(({ states }) => states));
  const costs = {
    stepFunctions: transitions * PRICES.stateTransition,
    lambda: lambdaCost(count, sum(pipelines.map(({ steps }) => steps))),
    alarms: alarmMetrics * PRICES.alarmMetricMonth,
    // Of the metrics that alarms look at, those of AWS are free, and the sweep's are there only while something is wrong.
    metrics: detailedMetrics ? DETAILED_METRICS.length * PRICES.customMetricMonth : 0,
    logsAndTraces:
      ((transitions * LOG_BYTES_PER_STATE) / BYTES_PER_GB) * PRICES.logGb +
      (runs * (RUN_CALLS + 1) + SWEEPS_PER_MONTH) * PRICES.trace,
    messages: runs * (PRICES.publishedMessage + PRICES.sentEmail + PRICES.httpsDelivery),
  };
  return { ...costs, total: sum(Object.values(costs)) };
}

/** Both offsets of a timezone, for the warning and for the deadline, on every day. */
const DEADLINE_CALLS = 2 * 2 * 30;
/** Every night late: a warning, a deadline and its end, each with a start and one state. */
const DEADLINE_TRANSITIONS = 3 * 2 * 30;

/** What a deadline with a warning adds for its pipeline. */
function costOfDeadline(): MonthlyCost {
  const costs = {
    stepFunctions: DEADLINE_TRANSITIONS * PRICES.stateTransition,
    lambda: DEADLINE_CALLS * (CALL_SECONDS * MEMORY_GB * PRICES.lambdaGbSecond + PRICES.lambdaRequest),
    ...{ alarms: 0, metrics: 0, messages: 0 },
    logsAndTraces: DEADLINE_CALLS * (PRICES.trace + (LOG_BYTES_PER_STATE / BYTES_PER_GB) * PRICES.logGb),
  };
  return { ...costs, total: sum(Object.values(costs)) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function assumedSize(count: number, detailedMetrics: boolean): StageSize {
  const pipelines = Array.from({ length: count }, (_, index) => assumedPipeline(index));
  const states = listStates(compileStateMachine(assumedPipeline(0))).length;
  return {
    // Behind the submission of a step of a minute, its Choice is entered once more.
    pipelines: pipelines.map(({ steps }) => ({ states: states + steps.length, steps: steps.length })),
    alarmMetrics: countAlarmMetrics(pipelines),
    detailedMetrics,
  };
}

/** @param steps of all pipelines together */
function lambdaCost(count: number, steps: number): number {
  const { stepSeconds, runsPerMonth } = ASSUMED;
  const runSeconds =
    runsPerMonth * (steps * (SUBMIT_SECONDS + stepSeconds) + count * RUN_CALLS * CALL_SECONDS);
  const sweepSeconds = SWEEPS_PER_MONTH * (CALL_SECONDS + count * SWEEP_SECONDS_PER_PIPELINE);
  const requests = runsPerMonth * (2 * steps + count * RUN_CALLS) + SWEEPS_PER_MONTH;
  return (runSeconds + sweepSeconds) * MEMORY_GB * PRICES.lambdaGbSecond + requests * PRICES.lambdaRequest;
}

/** Each metric of an alarm is billed. */
function countAlarmMetrics(pipelines: readonly Pipeline[]): number {
  const parameters = readStageParameters({
    clusterIdentifier: 'x',
    database: 'x',
    dmsTasks: { assumed: 'arn:aws:dms:us-east-1:123456789012:task:x' },
  });
  const alarms = compileAlarms(
    createStage({ service: 'x', stage: 'x', region: 'us-east-1', pipelines, parameters }),
  );
  return (JSON.stringify(alarms).match(/"MetricStat"/g) ?? []).length;
}

function assumedPipeline(index: number): Pipeline {
  const names = Array.from({ length: ASSUMED.steps }, (_, step) => `Step_${step}`);
  return definePipeline({
    name: `assumed-${index}`,
    tasks: ['assumed'],
    stagedTables: ['x.x'],
    steps: Object.fromEntries(
      names.map((name, step) => [name, { call: 'x.x', after: names.slice(Math.max(0, step - 1), step) }]),
    ),
  });
}

/** The table of docs/costs.md: a stage with 1, 10 and 100 pipelines. Ends without a line break. */
export function renderCostTable(detailedMetrics = false, counts: readonly number[] = [1, 10, 100]): string {
  const rows = counts.map((pipelines) =>
    costRow(String(pipelines), costOfStage(assumedSize(pipelines, detailedMetrics)), 2),
  );
  return [
    '| pipelines a night | Step Functions | Lambda | alarms | metrics | logs, traces | messages | USD a month |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
    costRow('and each deadline', costOfDeadline(), 4),
  ].join('\n');
}

function costRow(what: string, cost: MonthlyCost, digits: number): string {
  const { stepFunctions, lambda, alarms, metrics, logsAndTraces, messages, total } = cost;
  const cells = [stepFunctions, lambda, alarms, metrics, logsAndTraces, messages, total];
  return `| ${what} | ${cells.map((usd) => usd.toFixed(digits)).join(' | ')} |`;
}
