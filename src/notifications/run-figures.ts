import { machineOfExecution } from '../arn.ts';
import { count } from '../count.ts';
import type { Pipeline } from '../definition/pipeline.ts';
import { readHistory } from '../executions/read-history.ts';
import type { StepFunctions } from '../executions/start-execution.ts';
import { durationText } from '../report/figures.ts';
import { describeEffects, describeStage } from '../report/words.ts';
import { readRun } from '../run-history/read-run.ts';
import type { Run, RunStep } from '../run-history/run.ts';
import type { Announcement } from './announcement.ts';

/** Where runs of the stage's pipelines are read. */
export interface RunSource {
  readonly sfn: StepFunctions;
  readonly pipelines: readonly Pipeline[];
  readonly stage: string;
}

/**
 * The run of an execution, read from its history.
 * @returns undefined for an execution of no pipeline of this stage
 * @throws ServiceUnavailable, InvalidConfig, or an error when the history is gone
 */
export async function readRunOf(source: RunSource, executionArn: string): Promise<Run | undefined> {
  const pipeline = pipelineOfExecution(source, executionArn);
  return pipeline && readRun(pipeline, await readHistory(source.sfn, executionArn));
}

/** The pipeline of the stage whose state machine an execution is of. */
export function pipelineOfExecution(
  { pipelines, stage }: Omit<RunSource, 'sfn'>,
  executionArn: string,
): Pipeline | undefined {
  return pipelines.find(({ name }) => `${name}-${stage}` === machineOfExecution(executionArn));
}

/** Adds what the history of a run tells beside its event: how each step ended, what took effect, what audits found. */
export function withFigures(announcement: Announcement, run: Run): Announcement {
  const { paragraphs, facts } = announcement;
  return {
    ...announcement,
    paragraphs: [...paragraphs, describeSteps(run), describeProduction(run), describeAudits(run)],
    facts: {
      ...facts,
      steps: run.steps.map(({ name, state, effect, attempts, statementMs }) => ({
        ...{ name, state, effect, attempts },
        ...(statementMs === undefined ? {} : { seconds: Math.round(statementMs) / 1_000 }),
      })),
      ...(run.audits.length === 0 ? {} : { audits: run.audits }),
    },
  };
}

function describeSteps(run: Run): string | undefined {
  if (run.steps.length === 0) return undefined;
  return ['Steps:', ...run.steps.map((step) => `  ${step.name}: ${describeStep(run, step)}`)].join('\n');
}

/** `done in 14 s`, `StatementFailed after 0.2 s`, `not run, because Load_Sales_Fact failed` */
function describeStep(run: Run, step: RunStep): string {
  const words = describeStage(run, step);
  if (step.statementMs === undefined) return words;
  return `${words} ${step.state === 'done' ? 'in' : 'after'} ${durationText(step.statementMs)}`;
}

/** Of a run that did not succeed: which steps changed production. */
function describeProduction(run: Run): string | undefined {
  if (run.status === 'SUCCEEDED') return undefined;
  return describeEffects(run.steps)
    .map(({ title, texts }) => `${capitalize(title)}: ${texts.join(', ')}`)
    .join('\n');
}

function capitalize(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function describeAudits({ audits }: Run): string | undefined {
  if (audits.length === 0) return undefined;
  const wrong = audits.filter(({ wrongRows }) => wrongRows > 0);
  if (wrong.length === 0) return `Audits: ${count(audits.length, 'audit')}, no wrong row.`;
  const found = wrong.map(({ audit, wrongRows }) => `${audit}: ${count(wrongRows, 'wrong row')}`);
  return `Audits: ${count(audits.length, 'audit')}; ${found.join('; ')}`;
}
