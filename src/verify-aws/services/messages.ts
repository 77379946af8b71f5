import { arnBeside, stateMachineArnOfExecution } from '../../arn.ts';
import { deadlineMachineName, tellsOnTime } from '../../compile/template/deadlines.ts';
import { deadlineOn } from '../../definition/deadline/deadline-days.ts';
import { describeExecution } from '../../executions/describe-execution.ts';
import { type ListedExecution, listExecutions } from '../../executions/list-executions.ts';
import { startExecution } from '../../executions/start-execution.ts';
import { type AskedWorld, open, type Question, type Settled, yesIf } from '../question.ts';
import { createMachine } from './cloudformation.ts';

/** How messages are told once, in all their forms, and in time. */
export const messageQuestions: readonly Question[] = [
  {
    id: 'name-used-once',
    question: 'Does Step Functions refuse the name of an execution that has ended, also for the same input?',
    note: 'AWS documents it for 90 days. What is told of a deadline or a day has the name of its execution.',
    ifNo: 'a deadline is told each time its function is invoked (promise 7)',
    creates: ['stack'],
    settle: settleName,
  },
  {
    id: 'message-structure-published',
    question: 'Does a state machine’s `sns:publish` take a message with a form for each protocol?',
    note: 'Its arguments are those of Publish: `MessageStructure`, `Subject`, `MessageAttributes`.',
    ifNo: 'nobody is told of a deadline (promise 7), nor of a day',
    creates: [],
    settle: settlePublish,
  },
  {
    id: 'deadline-within-its-minute',
    question: 'Does a rule with several hours in its cron expression invoke the function within its minute?',
    note: 'EventBridge does not promise more than the minute.',
    ifNo: 'a deadline is told later than after 60 seconds',
    creates: [],
    settle: settleTime,
  },
  {
    id: 'chat-shows-message',
    question: 'Does AWS’s chat client show the form for `https` of a message with several forms?',
    ifNo: 'the channel stays silent, and e-mail alone tells',
    creates: [],
    settle: async () =>
      open(
        'only a channel shows it. Deploy a stage with slackChannelId or teamsChannelId, stop a run, and look whether the channel has the message with its next steps',
      ),
  },
];

/** A machine that does nothing ends at once. */
const PAUSE_MS = 1_000;
const LOOKS = 30;

async function settleName(world: AskedWorld): Promise<Settled> {
  const { clients, clock, signal } = world;
  const made = await createMachine(world, 'name');
  if ('verdict' in made) return made;
  const start = () => startExecution(clients.sfn, made.arn, 'told', {});
  const { executionArn } = await start();
  for (let look = 0; look < LOOKS && !signal.aborted; look += 1) {
    const run = await describeExecution(clients.sfn, executionArn);
    if (run !== undefined && run.status !== 'RUNNING') {
      const { outcome } = await start();
      const said = outcome === 'already-started' ? 'refused' : 'accepted';
      return yesIf(outcome === 'already-started', `${executionArn} had ended, and its name was ${said}`);
    }
    await clock.sleep(PAUSE_MS);
  }
  return open(`${executionArn} did not end. Run it again`);
}

const NOTHING_TOLD =
  'no message about a deadline was told in this stage: give a pipeline a deadline that it misses, deploy, wait for it, then run this again';

/** Executions that have told something, newest first; none where the stage tells nothing at a time of the day. */
async function listTold({ stage, clients }: AskedWorld): Promise<readonly ListedExecution[]> {
  const [taskArn] = Object.values(stage.taskArns);
  if (!tellsOnTime(stage) || taskArn === undefined) return [];
  const machine = arnBeside(taskArn, 'states', `stateMachine:${deadlineMachineName(stage)}`);
  const told: ListedExecution[] = [];
  for await (const execution of listExecutions(clients.sfn, machine)) {
    if (told.push(execution) === MOST_TOLD) break;
  }
  return told;
}
const MOST_TOLD = 100;

async function settlePublish(world: AskedWorld): Promise<Settled> {
  const last = (await listTold(world)).find(({ status }) => status !== 'RUNNING');
  if (last === undefined) return open(NOTHING_TOLD);
  const run = await describeExecution(world.clients.sfn, last.arn);
  const id = /"MessageId":"([^"]+)"/.exec(run?.output ?? '')?.[1];
  const said = id === undefined ? `ended ${last.status}` : `published message ${id}`;
  return yesIf(id !== undefined, `${last.name} of ${stateMachineArnOfExecution(last.arn)} ${said}`);
}

const MINUTE_MS = 60_000;
/** Pipeline and day of a missed deadline, in the name under which it is told. */
const TOLD_AT_DEADLINE = /^(.+)-(\d{4}-\d\d-\d\d)-deadline$/;

async function settleTime(world: AskedWorld): Promise<Settled> {
  const found = (await listTold(world)).flatMap(({ name, since }) => {
    const [, pipeline, day = ''] = TOLD_AT_DEADLINE.exec(name) ?? [];
    const { deadline } = world.stage.pipelines.find((known) => known.name === pipeline) ?? {};
    const due = deadline && deadlineOn(deadline, day)?.at;
    return due === undefined ? [] : [{ name, lateMs: since.getTime() - due }];
  });
  const [newest] = found;
  if (newest === undefined) return open(NOTHING_TOLD);
  const seconds = Math.round(newest.lateMs / 1000);
  return yesIf(newest.lateMs < MINUTE_MS, `${newest.name} began ${seconds} s after its deadline`);
}
