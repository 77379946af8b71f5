import {
  DescribeEndpointsCommand,
  DescribeEventsCommand,
  DescribeReplicationTasksCommand,
  type ReplicationTask,
} from '@aws-sdk/client-database-migration-service';
import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import { arnName } from '../../arn.ts';
import { machineName } from '../../compile/stage/stage-names.ts';
import { listExecutions } from '../../executions/list-executions.ts';
import { askAsPerson, listMachines } from '../../executions/list-machines.ts';
import { describeCurrentLoad } from '../../loads/current-load.ts';
import { isUnknownTask } from '../../loads/dms-error.ts';
import { quoteText } from '../../migrations/quote.ts';
import { EVENT_REASON, readTrigger } from '../../runs/run-input.ts';
import { type AskedWorld, open, type Question, type Settled, yes, yesIf } from '../question.ts';

const LOAD_FIRST =
  'start a load (aws dms start-replication-task --replication-task-arn ARN --start-replication-task-type reload-target), wait for its run, then run this again';

/** What DMS says and does. */
export const dmsQuestions: readonly Question[] = [
  {
    id: 'dms-event',
    question: 'Does DMS’s event for a finished full load start a run?',
    note: 'Its exact text is not known: the published samples differ. The rule and start-run depend on neither its id nor its message.',
    ifNo: 'runs begin up to 15 minutes late, by the sweep alone (promise 3)',
    creates: [],
    settle: settleEvent,
  },
  {
    id: 'task-identifier-kept',
    question: 'Does DMS keep the `ResourceIdentifier` of a task as it is written at the end of the ARN?',
    note: 'If the [stage creates the task](deploy.md#parameters), it makes the ARN from it.',
    ifNo: 'the rule of a stage that creates its task matches no event: write the task’s ARN into dmsTasks',
    creates: [],
    settle: settleIdentifier,
  },
  {
    id: 'dms-waits-for-lock',
    question:
      'Does DMS wait longer for a step’s read lock than a step takes, when it truncates a staged table?',
    ifNo: 'a load that begins while a step works fails with a table error; start loads when no run is alive',
    creates: [],
    settle: async () =>
      open(
        'only a real load shows it. In the query editor: BEGIN; SELECT count(*) FROM a staged table; then reload the task, wait as long as the longest step takes, COMMIT. Look whether the table was loaded',
      ),
  },
  {
    id: 'truncated-lobs',
    question:
      'Do DMS’s policies for truncated data cover large objects that are longer than the task’s limit for them?',
    ifNo: 'DMS cuts such values in silence, and no count shows it: raise LobMaxSize',
    creates: [],
    settle: async () =>
      open(
        'only a real load shows it. Put a value longer than LobMaxSize into a column of a large type, set DataTruncationErrorPolicy to SUSPEND_TABLE, reload, and look whether the table failed',
      ),
  },
  {
    id: 'dms-privileges',
    question: 'Do the privileges on the staged tables suffice for DMS?',
    ifNo: 'the load fails with table errors: grant DMS’s user what its task log asks for',
    creates: [],
    settle: settlePrivileges,
  },
];

/** As many runs are looked at, the newest first. */
const RUNS = 20;
const EVENT_MINUTES = 14 * 24 * 60;

async function settleEvent(world: AskedWorld): Promise<Settled> {
  const text = await eventText(world).catch(
    (error: unknown) => `DescribeEvents: ${(error as Error).message}`,
  );
  const run = await runByEvent(world);
  const told = text === undefined ? 'DMS shows no event of the last 14 days' : `DMS shows: “${text}”`;
  if (run !== undefined) return yes(`run ${run} was started by an event. ${told}`);
  return open(`no run of the stage was started by an event. ${told}. To settle it, ${LOAD_FIRST}`);
}

/** The text of the newest event about a finished full load. */
async function eventText({ stage, clients: { dms } }: AskedWorld): Promise<string | undefined> {
  const { Events = [] } = await dms.send(new DescribeEventsCommand({ Duration: EVENT_MINUTES }));
  const tasks = new Set(Object.values(stage.taskArns).map(arnName));
  const found = Events.filter(
    ({ SourceIdentifier = '', Message = '' }) =>
      tasks.has(SourceIdentifier) && /FULL_LOAD|stopped/i.test(Message),
  );
  return found.at(-1)?.Message;
}

async function runByEvent({ stage, clients: { sfn } }: AskedWorld): Promise<string | undefined> {
  const machines = await listMachines(sfn);
  for (const { name } of stage.pipelines) {
    const arn = machines.get(machineName(stage, name));
    if (arn === undefined) continue;
    let seen = 0;
    for await (const run of listExecutions(sfn, arn)) {
      const { input } = await askAsPerson(`DescribeExecution of ${run.arn}`, () =>
        sfn.send(new DescribeExecutionCommand({ executionArn: run.arn })),
      );
      if (readTrigger(input)?.startsWith(EVENT_REASON)) return run.name;
      seen += 1;
      if (seen === RUNS) break;
    }
  }
  return undefined;
}

async function settleIdentifier({ stage, clients: { dms } }: AskedWorld): Promise<Settled> {
  const { createdTask } = stage;
  if (createdTask === undefined)
    return open(
      'the stage uses tasks that were there. Deploy a stage that creates its task (dmsReplicationInstanceArn and both endpoints), then run this for it',
    );
  const expected = stage.taskArns[createdTask.identifier] ?? '';
  const task = await findTask(dms, 'replication-task-id', createdTask.name);
  if (task === undefined)
    return open(`DMS has no task ${createdTask.name}: npm run deploy creates it, then run this again`);
  const { ReplicationTaskArn = '' } = task;
  return yesIf(
    ReplicationTaskArn === expected,
    `the task ${createdTask.name} ends its ARN with “${arnName(ReplicationTaskArn)}”`,
  );
}

async function findTask(
  dms: AskedWorld['clients']['dms'],
  Name: string,
  value: string,
): Promise<ReplicationTask | undefined> {
  const command = new DescribeReplicationTasksCommand({
    Filters: [{ Name, Values: [value] }],
    WithoutSettings: true,
  });
  const { ReplicationTasks = [] } = await dms.send(command).catch((error: unknown) => {
    if (isUnknownTask(error)) return { ReplicationTasks: [] };
    throw error;
  });
  return ReplicationTasks[0];
}

/** A load that has finished shows it, where the user of the target endpoint has no more than its grants. */
async function settlePrivileges({ stage, owner, clients: { dms } }: AskedWorld): Promise<Settled> {
  const [taskArn = ''] = Object.values(stage.taskArns);
  const task = await findTask(dms, 'replication-task-arn', taskArn);
  if (task?.TargetEndpointArn === undefined)
    return open(`DMS has no task ${arnName(taskArn)}. To settle it, ${LOAD_FIRST}`);
  const load = await describeCurrentLoad(dms, { arn: taskArn });
  if (load.kind !== 'finished' || load.erroredTables > 0)
    return open(
      `the task ${arnName(taskArn)} shows no full load without table errors. To settle it, ${LOAD_FIRST}`,
    );
  const { Endpoints = [] } = await dms.send(
    new DescribeEndpointsCommand({ Filters: [{ Name: 'endpoint-arn', Values: [task.TargetEndpointArn] }] }),
  );
  const user = Endpoints[0]?.Username;
  if (user === undefined)
    return open(
      'the target endpoint does not say its user, who is in a secret. Look who that is, and whether it has more than the grants of npm run migrate',
    );
  const [facts] = await owner.rows(privilegesSql(user));
  return judgePrivileges(user, arnName(taskArn), facts);
}

const privilegesSql = (user: string) => `SELECT CASE WHEN usesuper THEN 'yes' ELSE 'no' END,
  CASE WHEN has_database_privilege(usename, current_database(), 'CREATE') THEN 'yes' ELSE 'no' END
FROM pg_user WHERE usename = ${quoteText(user)}`;

/** Pure. @param facts whether the user is a superuser, and may create schemas */
function judgePrivileges(user: string, task: string, facts: readonly unknown[] | undefined): Settled {
  if (facts === undefined) return open(`the warehouse has no user ${user}, whom the target endpoint names`);
  const [isSuper, mayCreate] = facts;
  if (isSuper === 'no' && mayCreate === 'no')
    return yes(
      `the task ${task} finished a full load as ${user}, who is no superuser and may not create schemas`,
    );
  return open(
    `the task ${task} finished a full load as ${user}, who has more than it needs (superuser: ${isSuper}, CREATE on the database: ${mayCreate}). Give the endpoint a user with the grants of npm run migrate alone, and load again`,
  );
}
