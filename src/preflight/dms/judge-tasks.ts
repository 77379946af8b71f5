import type { Connection, ReplicationTask } from '@aws-sdk/client-database-migration-service';
import { readSettingsText } from '../../loads/task-settings.ts';
import { fitModeCommand, harmOfMode } from '../../runs/verify/judge-settings.ts';
import { type FindingOf, upperFirst, type Where } from '../finding.ts';
import type { NamedTask, ReadTask } from './read-tasks.ts';

/** Tasks that are not there, or whose loads cannot be used. */
export function judgeTasks(tasks: readonly ReadTask[]): readonly FindingOf[] {
  return tasks.flatMap((read) => {
    const where = { task: read.identifier };
    if ('missing' in read) return [missingTask(where, read)];
    return [...judgeType(where, read.arn, read.task), ...judgeSettings(where, read.arn, read.task)];
  });
}

function missingTask(where: Where, { arn, missing }: NamedTask & { readonly missing: string }): FindingOf {
  const isServerless = arn.includes(':replication-config:');
  return {
    ...{ id: isServerless ? 'task-serverless' : 'task-missing', severity: 'problem', where },
    what: isServerless ? `${arn} is a configuration of DMS Serverless.` : `${upperFirst(missing)}.`,
    consequence: isServerless
      ? 'DMS Serverless sends other events and has no tasks: no load starts a run.'
      : 'No load of this task starts a run.',
    repair:
      'Put the ARN of a full-load task on a replication instance under dmsTasks in serverless.yml, and deploy.',
  };
}

function judgeType(
  where: Where,
  arn: string,
  { MigrationType: type }: ReplicationTask,
): readonly FindingOf[] {
  if (type === undefined || type === 'full-load') return [];
  return [
    {
      ...{ id: 'task-type', severity: 'problem', where },
      what: `The task is of type ${type}.`,
      consequence:
        type === 'cdc'
          ? 'It loads no table whole, so that no load ever ends and no run starts.'
          : 'It goes on after the full load: tables change under the steps, and its load does not end as a full load does.',
      repair: `aws dms modify-replication-task --replication-task-arn ${arn} --migration-type full-load`,
    },
  ];
}

function judgeSettings(where: Where, arn: string, task: ReplicationTask): readonly FindingOf[] {
  const { prepMode, skippingPolicies } = readSettingsText(task.ReplicationTaskSettings);
  const harm = harmOfMode(prepMode);
  return [
    ...(harm === undefined ? [] : [wrongMode(where, arn, prepMode ?? '', harm)]),
    ...(skippingPolicies.length === 0 ? [] : [skipsRows(where, arn, skippingPolicies)]),
    ...(task.ReplicationTaskSettings === undefined ? [hiddenSettings(where)] : []),
  ];
}

function wrongMode(where: Where, arn: string, mode: string, harm: string): FindingOf {
  return {
    ...{ id: 'prep-mode', severity: 'problem', where },
    what: `TargetTablePrepMode is ${mode}.`,
    consequence: `DMS ${harm}.`,
    repair: `${fitModeCommand(arn)} (docs/dms-task.md says what else is to do after DROP_AND_CREATE)`,
  };
}

function skipsRows(where: Where, arn: string, policies: readonly string[]): FindingOf {
  const fitting = Object.fromEntries(policies.map((policy) => [policy.split(' ')[0], 'SUSPEND_TABLE']));
  return {
    ...{ id: 'skips-rows', severity: 'warning', where },
    what: `The settings of the task say ${policies.join(' and ')}.`,
    consequence:
      'DMS leaves out or cuts a row that does not fit, and only the task’s log says so: production lacks it.',
    repair: `aws dms modify-replication-task --replication-task-arn ${arn} --replication-task-settings '${JSON.stringify({ ErrorBehavior: fitting })}'`,
  };
}

function hiddenSettings(where: Where): FindingOf {
  return {
    ...{ id: 'settings-hidden', severity: 'uncertain', where },
    what: 'DMS does not show the settings of the task.',
    consequence: 'Whether TargetTablePrepMode and the error policies fit is not known.',
    repair: 'Allow the caller dms:DescribeReplicationTasks with settings, or look into the console.',
  };
}

/** Endpoints whose connection to the task's replication instance was not tested, or failed. */
export function judgeConnections(
  tasks: readonly ReadTask[],
  connections: readonly Connection[],
): readonly FindingOf[] {
  return tasks.flatMap((read) => {
    if ('missing' in read) return [];
    const { SourceEndpointArn, TargetEndpointArn, ReplicationInstanceArn: instance } = read.task;
    const ends = { source: SourceEndpointArn, target: TargetEndpointArn };
    return Object.entries(ends).flatMap(([side, endpoint]) => {
      const found = connections.find(
        ({ EndpointArn, ReplicationInstanceArn }) =>
          EndpointArn === endpoint && ReplicationInstanceArn === instance,
      );
      if (endpoint === undefined || found?.Status === 'successful') return [];
      return [
        untested(read.identifier, `${side} endpoint ${endpoint}`, found, {
          endpoint,
          instance: instance ?? '',
        }),
      ];
    });
  });
}

function untested(
  task: string,
  what: string,
  connection: Connection | undefined,
  { endpoint, instance }: { readonly endpoint: string; readonly instance: string },
): FindingOf {
  const { Status: status, LastFailureMessage: failure } = connection ?? {};
  const said = failure === undefined ? '' : `: ${failure}`;
  return {
    ...{
      id: 'connection-untested',
      severity: status === 'testing' ? 'uncertain' : 'problem',
      where: { task, object: endpoint },
    },
    what:
      status === undefined
        ? `The connection of the ${what} was never tested with the task’s replication instance.`
        : `The connection test of the ${what} is ${status}${said}.`,
    consequence: 'DMS refuses to start the task: InvalidResourceStateFault.',
    repair: `aws dms test-connection --replication-instance-arn ${instance} --endpoint-arn ${endpoint}`,
  };
}
