import type { ReplicationInstance, ReplicationTask } from '@aws-sdk/client-database-migration-service';
import type { Pipeline } from '../../../definition/pipeline.ts';
import type { FindingOf } from '../../finding.ts';
import { type MappingsReader, mappingsOf } from '../judge-mappings.ts';
import type { ReadTask } from '../read-tasks.ts';
import { endOfEngine, WARNING_DAYS } from './engine-ends.ts';
import type { ReadAssessment } from './read-surroundings.ts';

const DAY_MS = 86_400_000;

/** Instances whose engine has ended, or ends soon. @param now milliseconds since the epoch */
export function judgeEngines(instances: readonly ReplicationInstance[], now: number): readonly FindingOf[] {
  return instances.flatMap(({ EngineVersion: version = '', ReplicationInstanceArn: arn = '' }) => {
    const end = endOfEngine(version);
    if (end === undefined || Date.parse(end) - now > WARNING_DAYS * DAY_MS) return [];
    const isOver = Date.parse(end) < now;
    return [
      {
        ...{
          id: isOver ? 'engine-ended' : 'engine-ends',
          severity: 'warning' as const,
          where: { object: arn },
        },
        what: `The replication instance ${arn} has engine version ${version}, which ${isOver ? 'ended' : 'ends'} on ${end}.`,
        consequence:
          'DMS moves the instance to another version in its maintenance window, whatever runs then. A load that is under way ends.',
        repair: `aws dms modify-replication-instance --replication-instance-arn ${arn} --engine-version VERSION --allow-major-version-upgrade --apply-immediately, while no task runs`,
      },
    ];
  });
}

/** Premigration assessments that did not pass. */
export function judgeAssessments(assessments: readonly ReadAssessment[]): readonly FindingOf[] {
  return assessments
    .filter(({ status, failed }) => failed.length > 0 || /^(?:failed|error|invalid)/.test(status))
    .map(({ task, arn, status, failed }) => ({
      ...{ id: 'assessment-failed', severity: 'warning' as const, where: { task, object: arn } },
      what: `The last premigration assessment of the task is ${status}${failed.length === 0 ? '' : `: ${failed.join(', ')} failed`}.`,
      consequence: 'DMS itself expects that tables or columns are not loaded as they are.',
      repair: `aws dms describe-replication-task-individual-assessments --filters Name=replication-task-assessment-run-arn,Values=${arn} names them; correct the causes and assess again.`,
    }));
}

/** Other tasks that load into the same staged tables. */
export function judgeOtherTasks(
  pipelines: readonly Pipeline[],
  own: readonly ReadTask[],
  all: readonly ReplicationTask[],
  readMappings: MappingsReader,
): readonly FindingOf[] {
  const ownArns = new Set(own.map(({ arn }) => arn));
  const others = all.filter(({ ReplicationTaskArn: arn }) => arn !== undefined && !ownArns.has(arn));
  return pipelines.flatMap((pipeline) =>
    others.flatMap((other) => {
      const targets = own.flatMap((read) => ('missing' in read ? [] : [read.task.TargetEndpointArn]));
      if (other.TargetEndpointArn === undefined || !targets.includes(other.TargetEndpointArn)) return [];
      const mappings = mappingsOf(other, readMappings);
      // What cannot be read of a task that no pipeline names is nobody's finding.
      if (typeof mappings === 'string') return [];
      return pipeline.stagedTables
        .filter(({ table, source }) => fills(mappings, source, table))
        .map(({ table }) => loadedByAnother(pipeline.name, other, table));
    }),
  );
}

function fills(
  mappings: Exclude<ReturnType<typeof mappingsOf>, string>,
  source: string | null,
  table: string,
): boolean {
  if (source === null) return false;
  const dot = source.indexOf('.');
  const target = mappings.targetOf({ schema: source.slice(0, dot), name: source.slice(dot + 1) });
  return target !== undefined && `${target.schema}.${target.name}`.toLowerCase() === table.toLowerCase();
}

function loadedByAnother(pipeline: string, other: ReplicationTask, table: string): FindingOf {
  const { ReplicationTaskIdentifier: name, ReplicationTaskArn: arn = '' } = other;
  return {
    ...{ id: 'loaded-by-another', severity: 'warning', where: { pipeline, object: table } },
    what: `The task ${name ?? arn}, which no pipeline names, also loads ${table}.`,
    consequence:
      'It empties and fills the table while a run may read it. Verify_Full_Load fails then, or the run takes rows of both.',
    repair: `Take the table out of its mappings: aws dms modify-replication-task --replication-task-arn ${arn} --table-mappings file://FILE`,
  };
}
