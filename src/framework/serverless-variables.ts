import { readDmsTaskFiles } from '../compile/stage/dms-task-files.ts';
import { ownAccountArns, SAMPLE_ACCOUNT } from '../compile/stage/parameter-regions.ts';
import { createStage, type Stage } from '../compile/stage/stage.ts';
import { stageEnvironment } from '../compile/stage/stage-environment.ts';
import { InvalidParameter, PARAMETER_NAMES, readStageParameters } from '../compile/stage/stage-parameters.ts';
import { compileResources, type StageResources } from '../compile/template/resources.ts';
import { InvalidPipeline } from '../errors/errors.ts';
import { pipelines } from '../pipelines/index.ts';
import type { StageVariables } from '../stage-variables.ts';

/** What the Serverless Framework passes to a function that a `${file(…)}` variable names. */
interface VariableContext {
  readonly options: { readonly param?: readonly string[] };
  resolveVariable(variable: string): Promise<unknown>;
}

/**
 * Everything that serverless.yml takes from parameters and pipelines. It is compiled at once, so that a mistake is
 * reported once. If there is one, only `problem` counts, and the parameter guard shows it.
 */
export async function stage(context: VariableContext) {
  try {
    return compileStage(await readStage(context));
  } catch (error) {
    if (error instanceof InvalidParameter || error instanceof InvalidPipeline) return nothing(error.message);
    throw error;
  }
}

function compileStage(current: Stage) {
  const { parameters, createdTask } = current;
  const taskFiles = createdTask === undefined ? undefined : readDmsTaskFiles(parameters);
  const { definitionFiles, ...groups } = compileResources(current, taskFiles);
  const environment: Partial<StageVariables> = stageEnvironment(current);
  return {
    environment,
    // esbuild puts the ARNs into the code: a hundred of them do not fit into a function's environment.
    taskArns: JSON.stringify(JSON.stringify(current.taskArns)),
    logRetentionDays: parameters.logRetentionDays,
    resources: wrapped(groups),
    functionSettings: functionSettings(current),
    definitionFiles,
    sampleTasks: sampleTasks(current),
    ownAccountArns: ownAccountArns(parameters),
  };
}

/** An empty stage, so that every variable of serverless.yml resolves. */
function nothing(problem: string): ReturnType<typeof compileStage> & { readonly problem: string } {
  const groups: Omit<StageResources, 'definitionFiles'> = {
    roles: {},
    stateMachines: {},
    rules: {},
    queues: {},
    notifications: {},
    alarms: {},
    dmsTask: {},
  };
  return {
    problem,
    environment: { DETAILED_METRICS: '' },
    taskArns: '""',
    logRetentionDays: 1,
    resources: wrapped(groups),
    functionSettings: { Resources: {} },
    definitionFiles: [],
    sampleTasks: [],
    ownAccountArns: [],
  };
}

/** Identifiers of the DMS tasks that still have the sample's ARN, which is in no account. */
function sampleTasks({ taskArns }: Stage): readonly string[] {
  return Object.keys(taskArns).filter((identifier) => taskArns[identifier]?.includes(`:${SAMPLE_ACCOUNT}:`));
}

async function readStage({ options, resolveVariable }: VariableContext): Promise<Stage> {
  const stageName = String(await resolveVariable('sls:stage'));
  refuseUnknown((options.param ?? []).map((option) => option.split('=')[0] ?? ''));
  for (const name of ['default', stageName])
    refuseUnknown(Object.keys(Object(await resolveVariable(`self:params.${name}, null`))));
  const given: Record<string, unknown> = {};
  for (const name of PARAMETER_NAMES) given[name] = await resolveVariable(`param:${name}, null`);
  return createStage({
    service: String(await resolveVariable('self:service')),
    stage: stageName,
    region: String(await resolveVariable('self:provider.region')),
    pipelines,
    parameters: readStageParameters(given),
  });
}

/** Refuses unknown names: a misspelt parameter would otherwise be ignored. @throws InvalidParameter */
function refuseUnknown(names: readonly string[]): void {
  const unknown = names.find((name) => !PARAMETER_NAMES.includes(name));
  if (unknown === undefined) return;
  throw new InvalidParameter(
    `parameter ${unknown}: does not exist; the parameters are ${PARAMETER_NAMES.join(', ')}`,
  );
}

function wrapped(groups: Omit<StageResources, 'definitionFiles'>) {
  return Object.fromEntries(Object.entries(groups).map(([name, Resources]) => [name, { Resources }]));
}

/** Settings of functions that depend on an optional parameter. */
function functionSettings({ parameters }: Stage) {
  const { checkStatementConcurrency } = parameters;
  if (checkStatementConcurrency === undefined) return { Resources: {} };
  const Properties = { ReservedConcurrentExecutions: checkStatementConcurrency };
  return { extensions: { CheckDashstatementLambdaFunction: { Properties } } };
}
