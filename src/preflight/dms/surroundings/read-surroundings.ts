import {
  DescribeEndpointsCommand,
  DescribeReplicationInstancesCommand,
  DescribeReplicationTaskAssessmentRunsCommand,
  DescribeReplicationTaskIndividualAssessmentsCommand,
  DescribeReplicationTasksCommand,
  type Endpoint,
  type ReplicationInstance,
  type ReplicationTask,
} from '@aws-sdk/client-database-migration-service';
import type { Dms } from '../../../loads/describe-task.ts';
import { isUnknownTask, toDmsError } from '../../../loads/dms-error.ts';

interface Page {
  readonly Marker?: string | undefined;
}

/** All pages of an answer. What DMS does not know is none. @throws ServiceUnavailable, InvalidConfig */
async function allPages<Answer extends Page>(
  what: string,
  ask: (Marker: string | undefined) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const pages: Answer[] = [];
  let marker: string | undefined;
  do {
    const page = await ask(marker).catch((error: unknown) => {
      if (isUnknownTask(error)) return undefined;
      throw toDmsError(what, error);
    });
    if (page !== undefined) pages.push(page);
    marker = page?.Marker || undefined;
  } while (marker !== undefined);
  return pages;
}

/** Endpoints by their ARNs. */
export async function readEndpoints(dms: Dms, arns: readonly string[]): Promise<readonly Endpoint[]> {
  if (arns.length === 0) return [];
  const Filters = [{ Name: 'endpoint-arn', Values: [...arns] }];
  const pages = await allPages('what its endpoints are', (Marker) =>
    dms.send(new DescribeEndpointsCommand({ Filters, Marker })),
  );
  return pages.flatMap(({ Endpoints = [] }) => Endpoints);
}

/** Replication instances by their ARNs. */
export async function readInstances(
  dms: Dms,
  arns: readonly string[],
): Promise<readonly ReplicationInstance[]> {
  if (arns.length === 0) return [];
  const Filters = [{ Name: 'replication-instance-arn', Values: [...arns] }];
  const pages = await allPages('which engine its instances have', (Marker) =>
    dms.send(new DescribeReplicationInstancesCommand({ Filters, Marker })),
  );
  return pages.flatMap(({ ReplicationInstances = [] }) => ReplicationInstances);
}

/** All tasks of the account and Region, with their mappings and settings. */
export async function readAllTasks(dms: Dms): Promise<readonly ReplicationTask[]> {
  const pages = await allPages('which tasks it has', (Marker) =>
    dms.send(new DescribeReplicationTasksCommand({ WithoutSettings: false, Marker })),
  );
  return pages.flatMap(({ ReplicationTasks = [] }) => ReplicationTasks);
}

/** The last premigration assessment of a task, and what of it did not pass. */
export interface ReadAssessment {
  readonly task: string;
  readonly arn: string;
  readonly status: string;
  readonly failed: readonly string[];
}

/** The last premigration assessment of a task; undefined where it was never assessed. */
export async function readAssessment(
  dms: Dms,
  task: string,
  taskArn: string,
): Promise<ReadAssessment | undefined> {
  const ofTask = [{ Name: 'replication-task-arn', Values: [taskArn] }];
  const pages = await allPages('how its tasks were assessed', (Marker) =>
    dms.send(new DescribeReplicationTaskAssessmentRunsCommand({ Filters: ofTask, Marker })),
  );
  const runs = pages
    .flatMap(({ ReplicationTaskAssessmentRuns: found = [] }) => found)
    .filter(({ ReplicationTaskArn: arn }) => arn === undefined || arn === taskArn);
  const last = runs.toSorted((one, other) => createdAt(other) - createdAt(one))[0];
  const arn = last?.ReplicationTaskAssessmentRunArn;
  if (arn === undefined) return undefined;
  const ofRun = [{ Name: 'replication-task-assessment-run-arn', Values: [arn] }];
  const single = await allPages('how its tasks were assessed', (Marker) =>
    dms.send(new DescribeReplicationTaskIndividualAssessmentsCommand({ Filters: ofRun, Marker })),
  );
  const failed = single
    .flatMap(({ ReplicationTaskIndividualAssessments: found = [] }) => found)
    .filter(({ Status }) => Status === 'failed' || Status === 'error')
    .map(({ IndividualAssessmentName: name = 'an assessment without a name' }) => name);
  return { task, arn, status: last?.Status ?? 'unknown', failed };
}

function createdAt({
  ReplicationTaskAssessmentRunCreationDate: at,
}: {
  ReplicationTaskAssessmentRunCreationDate?: Date | undefined;
}): number {
  return at?.getTime() ?? 0;
}
