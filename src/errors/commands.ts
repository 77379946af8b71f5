import { parseArn, stateMachineArnOfExecution } from '../arn.ts';
/** What a person can do after a failure, or where a load is late. */
export const VERBS = [
  ...(['redrive', 'continue', 'rerun', 'start', 'release'] as const),
  ...(['load', 'reload', 'resume', 'describe', 'report', 'deploy', 'migrate'] as const),
] as const;
export type Verb = (typeof VERBS)[number];

/** The names that the commands of a repair need. */
export interface RepairFacts {
  readonly executionArn: string;
  readonly region: string;
  readonly stage: string;
  readonly pipeline: string;
  /** Name of the function start-run in the stage. */
  readonly startFunction: string;
  /** ARNs of the pipeline's DMS tasks. */
  readonly taskArns: readonly string[];
  /** Number of the rerun that the execution is, or that it continues. */
  readonly rerun?: number | undefined;
  /** Number of the continuation that the execution is. */
  readonly continue?: number | undefined;
}

/** Words in capitals, for facts that are not known and for documents. */
export const UNKNOWN_FACTS: RepairFacts = {
  executionArn: 'EXECUTION_ARN',
  region: 'REGION',
  stage: 'STAGE',
  pipeline: 'PIPELINE',
  startFunction: 'redshift-elt-STAGE-start-run',
  taskArns: ['TASK_ARN'],
};

/** What a verb does, in a sentence. */
export const VERB_MEANINGS: Readonly<Record<Verb, string>> = {
  redrive:
    'The same run goes on at the state that failed, under the definition that it began with. This is possible for 14 days after its end.',
  continue:
    'Starts a new run of the same load under the definition that is deployed now. Steps that took effect are not run again. A number that was used already starts nothing: take the next one.',
  rerun:
    'Starts a new run of the same load that runs every step again, although the fence has the load recorded. A number that was used already starts nothing: take the next one.',
  start: 'Starts the run of the loads that the DMS tasks hold now. If none is started, the answer says why.',
  release: 'Ends the hold of a pipeline, and starts the run that is due.',
  load: 'DMS loads every table for the first time. Each later load is a reload.',
  reload:
    'DMS loads every table again. That is a new load with its own run. A pipeline with several tasks waits until each task has loaded again.',
  resume:
    'DMS loads the tables that are missing. That is a new load with its own run. A pipeline with several tasks waits until each task has loaded again.',
  describe: 'Shows what a DMS task does, why it stopped last, and how far its load is. It changes nothing.',
  report: 'Writes the report of the run: what it is at, and what took how long. It changes nothing.',
  deploy: 'New runs get the pipeline as it is in this working tree.',
  migrate: 'Applies to the warehouse what has changed in sql/migrations.',
};

/** The complete commands of a verb, for a shell. Locally they need AWS_ENDPOINT_URL. */
export function renderCommands(verb: Verb, facts: RepairFacts): readonly string[] {
  switch (verb) {
    case 'redrive':
      return [
        `aws stepfunctions redrive-execution --region ${facts.region} --execution-arn ${facts.executionArn}`,
      ];
    case 'continue':
    case 'rerun':
      return [invokeStartRun(facts, runRequest(facts, verb))];
    case 'start':
      return [invokeStartRun(facts, JSON.stringify({ pipeline: facts.pipeline, reason: 'late' }))];
    case 'release': {
      const request = { pipeline: facts.pipeline, reason: 'released', release: true };
      return [invokeStartRun(facts, JSON.stringify(request))];
    }
    case 'load':
    case 'reload':
    case 'resume':
      return facts.taskArns.map((arn) => startTask(facts, arn, verb));
    case 'describe':
      return facts.taskArns.map((arn) => describeTask(facts, arn));
    case 'report': {
      const place = isLocal(facts) ? '--endpoint-url "$AWS_ENDPOINT_URL"' : `--stage ${facts.stage}`;
      return [`npm run report -- ${place} --execution-arn ${facts.executionArn}`];
    }
    case 'deploy':
      return [isLocal(facts) ? updateMachine(facts) : `npm run deploy -- --stage ${facts.stage}`];
    case 'migrate':
      return [
        isLocal(facts)
          ? 'npm run migrate -- --endpoint-url "$AWS_ENDPOINT_URL"'
          : `npm run migrate -- --stage ${facts.stage}`,
      ];
  }
}

/** The request to start-run for the next run of a load. Its number follows the execution's. */
export function runRequest(
  { pipeline, rerun, continue: last = 0 }: Pick<RepairFacts, 'pipeline' | 'rerun' | 'continue'>,
  verb: 'continue' | 'rerun',
): string {
  const request =
    verb === 'rerun'
      ? { pipeline, reason: 'repaired', rerun: (rerun ?? 0) + 1 }
      : { pipeline, reason: 'repaired', ...(rerun !== undefined && { rerun }), continue: last + 1 };
  return JSON.stringify(request);
}

function invokeStartRun({ region, startFunction }: RepairFacts, request: string): string {
  // The one form of a payload that versions 1 and 2 of the AWS CLI read alike.
  const payload = '--payload fileb:///dev/stdin /dev/stdout';
  const call = `aws lambda invoke --region ${region} --function-name ${startFunction} ${payload}`;
  return `echo '${request}' | ${call}`;
}

function describeTask({ region }: RepairFacts, arn: string): string {
  const filter = `--filters Name=replication-task-arn,Values=${arn}`;
  const shown = "--query 'ReplicationTasks[].[Status,StopReason,ReplicationTaskStats]'";
  return `aws dms describe-replication-tasks --region ${region} ${filter} ${shown}`;
}

/** https://docs.aws.amazon.com/dms/latest/APIReference/API_StartReplicationTask.html: the first one is valid once, the others later. */
const START_TYPES = {
  load: 'start-replication',
  reload: 'reload-target',
  resume: 'resume-processing',
} as const;

function startTask({ region }: RepairFacts, arn: string, verb: keyof typeof START_TYPES): string {
  return `aws dms start-replication-task --region ${region} --replication-task-arn ${arn} --start-replication-task-type ${START_TYPES[verb]}`;
}

/** The account of `npm run local`. */
function isLocal({ executionArn }: RepairFacts): boolean {
  return parseArn(executionArn)?.account === '000000000000';
}

/** The command that replaces a deployment while `npm run local` is running. */
function updateMachine({ region, executionArn, pipeline }: RepairFacts): string {
  const machineArn = stateMachineArnOfExecution(executionArn);
  const update = `aws stepfunctions update-state-machine --region ${region} --state-machine-arn ${machineArn}`;
  return `npm run -s asl -- ${pipeline} --local | ${update} --definition file:///dev/stdin`;
}
